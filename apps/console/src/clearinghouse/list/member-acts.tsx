import { useQueryClient } from '@tanstack/react-query';
import type { ListMember } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, Dialog, Facts, Field, FormDialog, Select } from '../../design/index.js';
import { admitMember, giveAccess } from './queries.js';

interface Admitted {
  readonly username: string;
  readonly password: string;
}

/** A member is admitted once, with credentials shown once; each list is then opened to them by two reviewers. */
export const MemberActs = ({ list, members }: { readonly list: string; readonly members: readonly ListMember[] }) => {
  const { say } = useTongue();
  const [asked, setAsked] = useState<'admit' | 'give'>();
  const [admitted, setAdmitted] = useState<Admitted>();
  const without = members.filter(
    ({ username, access }) => username !== '' && access.every((one) => one.list !== list || one.state === 'revoked'),
  );
  const close = () => setAsked(undefined);
  return (
    <>
      <div className="actions">
        <Button onPress={() => setAsked('admit')}>{say('clearinghouse.list.admit')}</Button>
        <Button state={without.length === 0 ? 'disabled' : 'ready'} onPress={() => setAsked('give')}>
          {say('clearinghouse.list.give')}
        </Button>
      </div>
      {asked === 'admit' && <AdmitDialog onClose={close} onDone={setAdmitted} />}
      {asked === 'give' && <GiveDialog list={list} members={without} onClose={close} />}
      {admitted !== undefined && (
        <Dialog title={say('clearinghouse.list.admitted')} onClose={() => setAdmitted(undefined)}>
          <p>{say('clearinghouse.list.admitted-about')}</p>
          <Facts
            facts={[
              { name: say('clearinghouse.list.username'), value: admitted.username, form: 'code' },
              { name: say('clearinghouse.list.password'), value: admitted.password, form: 'code' },
            ]}
          />
          <div className="dialog-actions">
            <Button onPress={() => setAdmitted(undefined)}>{say('common.action.close')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
};

const AdmitDialog = ({
  onClose,
  onDone,
}: {
  readonly onClose: () => void;
  readonly onDone: (admitted: Admitted) => void;
}) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  return (
    <FormDialog
      title={say('clearinghouse.list.admit')}
      confirm={say('clearinghouse.list.admit')}
      state={name.trim() === '' || username.trim() === '' ? 'incomplete' : 'complete'}
      onClose={onClose}
      onConfirm={async () => {
        onDone(await admitMember({ name: name.trim(), username: username.trim() }));
        await client.invalidateQueries({ queryKey: ['clearinghouse'] });
      }}
    >
      <p>{say('clearinghouse.list.then-admit')}</p>
      <Field label={say('clearinghouse.list.member')} value={name} onChange={setName} need="required" focus="first" />
      <Field
        label={say('clearinghouse.list.username')}
        value={username}
        onChange={setUsername}
        need="required"
        maxLength={100}
      />
    </FormDialog>
  );
};

const GiveDialog = ({
  list,
  members,
  onClose,
}: {
  readonly list: string;
  readonly members: readonly ListMember[];
  readonly onClose: () => void;
}) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [member, setMember] = useState('');
  return (
    <FormDialog
      title={say('clearinghouse.list.give')}
      confirm={say('clearinghouse.list.give')}
      state={member === '' ? 'incomplete' : 'complete'}
      onClose={onClose}
      onConfirm={async () => {
        await giveAccess(list, Number(member));
        await client.invalidateQueries({ queryKey: ['clearinghouse'] });
      }}
    >
      <p>{say('clearinghouse.list.then-give')}</p>
      <Select
        label={say('clearinghouse.list.member')}
        value={member}
        onChange={setMember}
        options={members.map((one) => ({ value: String(one.member), label: one.name }))}
      />
    </FormDialog>
  );
};
