import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem, type Problem } from '../../app/problem.js';
import { useTongue } from '../../app/tongue.js';
import { Button, Dialog, FailedState, Field } from '../../design/index.js';
import { openCase } from '../case-queries.js';

/** As the node takes it (`caseRef` of the desk's schemas). */
const refForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** A case needs its file number and a title; whoever opens it becomes its lead. */
export const OpenCaseDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [caseRef, setCaseRef] = useState('');
  const [title, setTitle] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const malformed = caseRef !== '' && !refForm.test(caseRef);
  const open = async () => {
    setState('busy');
    try {
      await openCase(caseRef, title.trim());
      await client.invalidateQueries({ queryKey: ['investigator'] });
      onClose();
      await navigate({ to: '/desk/investigator/cases/$case', params: { case: caseRef } });
    } catch (error) {
      setState(asProblem(error));
    }
  };
  const incomplete = !refForm.test(caseRef) || title.trim() === '';
  return (
    <Dialog title={say('investigator.cases.open')} onClose={onClose}>
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
      {typeof state === 'object' && <FailedState problem={state} />}
      <div className="dialog-actions">
        <Button onPress={onClose}>{say('common.action.cancel')}</Button>
        <Button
          kind="main"
          state={state === 'busy' ? 'busy' : incomplete ? 'disabled' : 'ready'}
          onPress={() => void open()}
        >
          {say('investigator.cases.open')}
        </Button>
      </div>
    </Dialog>
  );
};
