import { useQueryClient } from '@tanstack/react-query';
import type { CaseRoleName } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useSession } from '../../app/session.js';
import { useTongue } from '../../app/tongue.js';
import { Field, FormDialog, Select } from '../../design/index.js';
import { askForRole } from './role-queries.js';

const roles = ['examiner', 'lead', 'filter', 'oversight'] as const satisfies readonly CaseRoleName[];

/** Asks for a role in a case, for oneself as a rule; another person decides. */
export const AskRoleDialog = ({ caseRef, onClose }: { readonly caseRef: string; readonly onClose: () => void }) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const { person: self } = useSession();
  const [role, setRole] = useState<CaseRoleName>('examiner');
  const [person, setPerson] = useState(self ?? '');
  return (
    <FormDialog
      title={say('investigator.roles.ask-title', { caseRef })}
      confirm={say('investigator.roles.ask')}
      state={person.trim() === '' ? 'incomplete' : 'complete'}
      onClose={onClose}
      reason={{ help: say('investigator.roles.reason-help'), focus: 'first' }}
      onConfirm={async (reason) => {
        await askForRole(caseRef, { person: person.trim(), role, reason });
        await client.invalidateQueries();
      }}
    >
      <Select
        label={say('investigator.roles.role')}
        value={role}
        onChange={setRole}
        options={roles.map((value) => ({
          value,
          label: `${say(`investigator.role.${value}`)} · ${say(`investigator.role-means.${value}`)}`,
        }))}
      />
      <Field
        label={say('investigator.roles.for')}
        help={say('investigator.roles.for-help')}
        value={person}
        onChange={setPerson}
        need="required"
        maxLength={64}
      />
      <p>{say('investigator.roles.ask-then')}</p>
    </FormDialog>
  );
};
