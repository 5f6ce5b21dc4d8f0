import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../app/session.js';
import { useTongue } from '../../app/tongue.js';
import { Button, ConfirmDialog } from '../../design/index.js';
import type { CaseRolesProps } from './case-roles.js';
import { endRole, type RoleRow } from './role-queries.js';

/** One's own role is given up; a lead takes anybody's away. Nobody else sees a way to. */
export const EndRole = ({ caseRef, own, person, role }: CaseRolesProps & Pick<RoleRow, 'person' | 'role'>) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const { person: self } = useSession();
  const [asking, setAsking] = useState<'nothing' | 'end'>('nothing');
  if (person !== self && !own.includes('lead')) return null;
  const act = say(person === self ? 'investigator.roles.give-up' : 'investigator.roles.take-away');
  const named = { person, role: say(`investigator.role.${role}`) };
  return (
    <>
      <Button
        kind="danger"
        label={say('investigator.roles.end-of', { act, ...named })}
        onPress={() => setAsking('end')}
      >
        {act}
      </Button>
      {asking === 'end' && (
        <ConfirmDialog
          title={say('investigator.roles.end-ask', named)}
          confirm={act}
          kind="danger"
          onClose={() => setAsking('nothing')}
          onConfirm={async (reason) => {
            await endRole(caseRef, { person, role, reason });
            await client.invalidateQueries({ queryKey: ['investigator'] });
          }}
        >
          <p>{say('investigator.roles.end-then')}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
