import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Field, FormDialog, Select } from '../../design/index.js';
import { addSource } from './queries.js';

export interface AddSourceDialogProps {
  readonly caseRef: string;
  readonly exhibits: readonly { readonly number: string; readonly description: string }[];
  readonly onClose: () => void;
}

const kinds = ['folder', 'image'] as const;
const accountsAt = /^([^*/]+\/)*\*$/;

/** Says what is to be read: a folder or a disk image that is the content of an exhibit. Nothing is opened yet. */
export const AddSourceDialog = ({ caseRef, exhibits, onClose }: AddSourceDialogProps) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [exhibit, setExhibit] = useState(exhibits[0]?.number ?? '');
  const [kind, setKind] = useState<(typeof kinds)[number]>('folder');
  const [locator, setLocator] = useState('');
  const [accountPath, setAccountPath] = useState('');
  const [zone, setZone] = useState('');
  const faulty = accountPath.trim() !== '' && !accountsAt.test(accountPath.trim());
  return (
    <FormDialog
      title={say('investigator.add-source.title')}
      confirm={say('investigator.add-source.act')}
      state={exhibit !== '' && locator.trim() !== '' && !faulty ? 'complete' : 'incomplete'}
      onClose={onClose}
      onConfirm={async () => {
        await addSource(caseRef, {
          exhibit,
          kind,
          locator: locator.trim(),
          ...(accountPath.trim() !== '' && { accountPath: accountPath.trim() }),
          ...(kind === 'image' && zone.trim() !== '' && { zone: zone.trim() }),
        });
        await client.invalidateQueries({ queryKey: ['investigator'] });
      }}
    >
      <p>{say('investigator.add-source.then')}</p>
      <div className="form-row">
        <Select
          label={say('investigator.add-source.exhibit')}
          value={exhibit}
          onChange={setExhibit}
          options={exhibits.map(({ number, description }) => ({
            value: number,
            label: say('investigator.exhibit.title', { number, what: description }),
          }))}
        />
        <Select
          label={say('investigator.add-source.kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: say(`investigator.source.${value}`) }))}
        />
      </div>
      <Field
        label={say('investigator.add-source.path')}
        help={say(`investigator.add-source.path-help-${kind}`)}
        value={locator}
        onChange={setLocator}
        need="required"
        maxLength={4000}
        focus="first"
      />
      <Field
        label={say('investigator.add-source.accounts')}
        help={say('investigator.add-source.accounts-help')}
        value={accountPath}
        onChange={setAccountPath}
        error={faulty ? say('investigator.add-source.accounts-malformed') : undefined}
        maxLength={1000}
      />
      {kind === 'image' && (
        <Field
          label={say('investigator.add-source.zone')}
          help={say('investigator.add-source.zone-help')}
          value={zone}
          onChange={setZone}
          maxLength={100}
        />
      )}
    </FormDialog>
  );
};
