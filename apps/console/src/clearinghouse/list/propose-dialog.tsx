import { useQueryClient } from '@tanstack/react-query';
import type { ListCandidate } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Facts, Field, FormDialog, Select } from '../../design/index.js';
import { fingerprintText } from './fingerprint-text.js';
import { ProposalFields } from './proposal-fields.js';
import { type NewEntry, proposeEntry } from './queries.js';

const kinds = ['MD5', 'SHA1', 'PDQ'] as const;
const origins = ['report', 'hotline', 'investigator', 'member'] as const;

export interface ProposeDialogProps {
  readonly list: string;
  /** What waits already; without it the fingerprint is typed. */
  readonly candidate?: ListCandidate;
  readonly onClose: () => void;
}

/** Puts an entry up for two reviewers: it stands on the list only when both have signed for it. */
export const ProposeDialog = ({ list, candidate, onClose }: ProposeDialogProps) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [kind, setKind] = useState<(typeof kinds)[number]>('MD5');
  const [value, setValue] = useState('');
  const [category, setCategory] = useState('');
  const [origin, setOrigin] = useState<(typeof origins)[number]>('report');
  const [ref, setRef] = useState('');
  const [vetting, setVetting] = useState('');
  const needed = [category, vetting, ...(candidate === undefined ? [value, ref] : [])];
  const material: Pick<NewEntry, 'media' | 'fingerprints' | 'provenance' | 'candidate'> =
    candidate === undefined
      ? {
          media: 'image',
          fingerprints: { [kind]: value.trim().toLowerCase() },
          provenance: { kind: origin, ref: ref.trim() },
        }
      : {
          media: candidate.media,
          fingerprints: candidate.fingerprints,
          provenance: { kind: candidate.origin, ref: candidate.ref },
          candidate: candidate.candidate,
        };
  return (
    <FormDialog
      title={say('clearinghouse.list.propose')}
      confirm={say('clearinghouse.list.propose')}
      state={needed.every((text) => text.trim() !== '') ? 'complete' : 'incomplete'}
      onClose={onClose}
      onConfirm={async () => {
        await proposeEntry(list, { ...material, category, vetting: vetting.trim() });
        await client.invalidateQueries({ queryKey: ['clearinghouse'] });
      }}
    >
      <p>{say('clearinghouse.list.propose-about')}</p>
      {candidate === undefined ? (
        <>
          <Select
            label={say('clearinghouse.list.fingerprint-kind')}
            value={kind}
            onChange={setKind}
            options={kinds.map((one) => ({ value: one, label: one }))}
          />
          <Field
            label={say('clearinghouse.list.fingerprint')}
            value={value}
            onChange={setValue}
            need="required"
            maxLength={64}
            focus="first"
          />
          <Select
            label={say('clearinghouse.list.provenance')}
            value={origin}
            onChange={setOrigin}
            options={origins.map((one) => ({ value: one, label: say(`clearinghouse.list.origin.${one}`) }))}
          />
          <Field
            label={say('clearinghouse.list.ref')}
            help={say('clearinghouse.list.ref-help')}
            value={ref}
            onChange={setRef}
            need="required"
          />
        </>
      ) : (
        <Facts
          facts={[
            {
              name: say('clearinghouse.list.fingerprints'),
              value: <code>{fingerprintText(candidate.fingerprints)}</code>,
              form: 'wide',
            },
            {
              name: say('clearinghouse.list.provenance'),
              value: `${say(`clearinghouse.list.origin.${candidate.origin}`)} ${candidate.ref}`,
              form: 'wide',
            },
          ]}
        />
      )}
      <ProposalFields category={category} onCategory={setCategory} vetting={vetting} onVetting={setVetting} />
    </FormDialog>
  );
};
