import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ProposalBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Field, FormDialog, Select } from '../../design/index.js';
import { draftPackage } from './queries.js';

export interface DraftPackageDialogProps {
  readonly caseRef: string;
  readonly proposal: ProposalBody;
  readonly onClose: () => void;
}

const nameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const line = /^(.+?)\s*(age1[0-9a-z]+)$/;

/** Recipients one a line: a name, then their age key. `undefined` where a line is none. */
const readRecipients = (text: string) => {
  const lines = text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const read = lines.flatMap((one) => {
    const [, name = '', age = ''] = line.exec(one) ?? [];
    return name === '' ? [] : [{ name, age }];
  });
  return read.length === lines.length && read.length > 0 ? read : undefined;
};

/** Puts a package up for approval. Whom it is encrypted to is said, also where it is nobody. */
export const DraftPackageDialog = ({ caseRef, proposal, onClose }: DraftPackageDialogProps) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [to, setTo] = useState<'undecided' | 'nobody' | 'recipients'>('undecided');
  const [keys, setKeys] = useState('');
  const recipients = to === 'nobody' ? 'nobody' : to === 'recipients' ? readRecipients(keys) : undefined;
  const complete = nameForm.test(name) && recipients !== undefined;
  const draft = async (reason: string) => {
    if (recipients === undefined) return;
    await draftPackage(caseRef, { name, reason, recipients, leaveOut: [] });
    await client.invalidateQueries({ queryKey: ['investigator'] });
    await navigate({
      to: '/desk/investigator/cases/$case/packages/$package',
      params: { case: caseRef, package: name },
    });
  };
  return (
    <FormDialog
      title={say('investigator.packages.draft')}
      confirm={say('investigator.draft.act')}
      state={complete ? 'complete' : 'incomplete'}
      onClose={onClose}
      reason="typed"
      onConfirm={draft}
    >
      <p>
        {say('investigator.draft.then', {
          items: proposal.items.length,
          exclusions: proposal.exclusions.length,
          gaps: proposal.gaps.length,
        })}
      </p>
      <Field
        label={say('investigator.package.name')}
        help={say('investigator.draft.name-help')}
        value={name}
        onChange={setName}
        error={name !== '' && !nameForm.test(name) ? say('investigator.case.ref-malformed') : undefined}
        need="required"
        maxLength={100}
        focus="first"
      />
      <Select
        label={say('investigator.draft.to')}
        value={to}
        onChange={setTo}
        options={(['undecided', 'recipients', 'nobody'] as const).map((value) => ({
          value,
          label: say(`investigator.draft.to-${value}`),
        }))}
      />
      {to === 'recipients' && (
        <Field
          label={say('investigator.draft.keys')}
          help={say('investigator.draft.keys-help')}
          value={keys}
          onChange={setKeys}
          rows={3}
          error={keys !== '' && recipients === undefined ? say('investigator.draft.keys-malformed') : undefined}
        />
      )}
    </FormDialog>
  );
};
