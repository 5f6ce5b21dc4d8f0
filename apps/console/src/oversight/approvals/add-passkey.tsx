import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PeopleBody } from '@tutela/oversight/api';
import { useState } from 'react';
import { useSession } from '../../app/session.js';
import { useTongue } from '../../app/tongue.js';
import { Button, DataTable, FailedState, Select } from '../../design/index.js';
import { addPasskey } from './passkey.js';

export interface AddPasskeyProps {
  readonly people: PeopleBody['people'];
  readonly place: 'name' | 'numbers';
}

/** Who is enrolled, and a passkey for one of them; somebody else approves it before it counts. */
export const AddPasskey = ({ people, place }: AddPasskeyProps) => {
  const { say, number } = useTongue();
  const client = useQueryClient();
  const { person: here } = useSession();
  const [person, setPerson] = useState(people.find(({ id }) => id === here)?.id ?? people[0]?.id ?? '');
  const adding = useMutation({
    mutationFn: () => addPasskey(person),
    onSuccess: () => client.invalidateQueries({ queryKey: ['policy'] }),
  });
  return (
    <>
      <DataTable
        caption={say('oversight.people.title')}
        rows={people}
        rowKey={({ id }) => id}
        columns={[
          { id: 'id', header: say('oversight.people.pseudonym'), cell: ({ id }) => id },
          { id: 'name', header: say('oversight.people.name'), cell: ({ name }) => name },
          {
            id: 'passkeys',
            header: say('oversight.people.passkeys'),
            align: 'end',
            cell: ({ passkeys }) => number(passkeys),
          },
        ]}
      />
      <div className="actions">
        <Select
          label={say('oversight.passkey.you')}
          labelPlace="inside"
          value={person}
          onChange={setPerson}
          options={people.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
        />
        <Button
          state={place === 'numbers' ? 'disabled' : adding.isPending ? 'busy' : 'ready'}
          onPress={() => adding.mutate()}
        >
          {say('oversight.passkey.add')}
        </Button>
      </div>
      {adding.error !== null && <FailedState problem={adding.error} />}
      {adding.isSuccess && <p role="status">{say('oversight.passkey.waits')}</p>}
    </>
  );
};
