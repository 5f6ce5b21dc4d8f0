import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Field, FormDialog } from '../../design/index.js';
import { openCase } from '../case-queries.js';

/** As the node takes it (`caseRef` of the desk's schemas). */
const refForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export interface OpenCaseDialogProps {
  /** A report that it is opened with. */
  readonly reportId?: string;
  readonly onClose: () => void;
}

/** A case needs its file number and a title; whoever opens it asks for a role in it like anybody else. */
export const OpenCaseDialog = ({ reportId, onClose }: OpenCaseDialogProps) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [caseRef, setCaseRef] = useState('');
  const [title, setTitle] = useState('');
  const malformed = caseRef !== '' && !refForm.test(caseRef);
  return (
    <FormDialog
      title={say('investigator.cases.open')}
      confirm={say('investigator.cases.open')}
      state={refForm.test(caseRef) && title.trim() !== '' ? 'complete' : 'incomplete'}
      onClose={onClose}
      onConfirm={async () => {
        await openCase({ caseRef, title: title.trim(), ...(reportId !== undefined && { reportId }) });
        await client.invalidateQueries({ queryKey: ['investigator'] });
        await navigate({ to: '/desk/investigator/cases/$case', params: { case: caseRef } });
      }}
    >
      <Field
        label={say('investigator.case.ref')}
        help={say('investigator.case.ref-help')}
        value={caseRef}
        onChange={setCaseRef}
        error={malformed ? say('investigator.case.ref-malformed') : undefined}
        need="required"
        maxLength={100}
        focus="first"
      />
      <Field
        label={say('investigator.case.name')}
        help={say('investigator.case.name-help')}
        value={title}
        onChange={setTitle}
        need="required"
        maxLength={500}
      />
    </FormDialog>
  );
};
