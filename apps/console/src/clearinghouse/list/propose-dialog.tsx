import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Button, Dialog, FailedState, Field } from '../../design/index.js';
import { proposeEntry } from './queries.js';

export interface ProposeDialogProps {
  readonly list: string;
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown>;
}

/** Proposes one picture of a report; it stands on the list only when two reviewers have signed for it. */
export const ProposeDialog = ({ list, onClose, onDone }: ProposeDialogProps) => {
  const { say } = useTongue();
  const [sha256, setSha256] = useState('');
  const [category, setCategory] = useState('');
  const [report, setReport] = useState('');
  const [vetting, setVetting] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const missing = [sha256, category, report, vetting].some((text) => text.trim() === '');
  const propose = async () => {
    try {
      setProblem(undefined);
      const provenance = { kind: 'report', ref: report.trim() } as const;
      const fingerprints = { SHA256: sha256.trim().toLowerCase() };
      await proposeEntry(list, { media: 'image', fingerprints, category, provenance, vetting });
      await onDone();
      onClose();
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Dialog title={say('clearinghouse.list.propose')} onClose={onClose}>
      <p>{say('clearinghouse.list.propose-about')}</p>
      <Field label="SHA-256" value={sha256} onChange={setSha256} need="required" maxLength={64} focus="first" />
      <Field label={say('clearinghouse.list.category')} value={category} onChange={setCategory} need="required" />
      <Field label={say('clearinghouse.list.of-report')} value={report} onChange={setReport} need="required" />
      <Field
        label={say('clearinghouse.list.vetting')}
        help={say('clearinghouse.list.vetting-help')}
        value={vetting}
        onChange={setVetting}
        rows={2}
        need="required"
      />
      {problem !== undefined && <FailedState problem={problem} />}
      <div className="dialog-actions">
        <Button onPress={onClose}>{say('common.action.cancel')}</Button>
        <Button kind="main" state={missing ? 'disabled' : 'ready'} onPress={() => void propose()}>
          {say('clearinghouse.list.propose')}
        </Button>
      </div>
    </Dialog>
  );
};
