import { type ReactNode, useState } from 'react';
import { asProblem, type Problem } from '../app/problem.js';
import { useTongue } from '../app/tongue.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { FailedState } from './states.js';

export interface FormDialogProps {
  readonly title: string;
  /** The fields. */
  readonly children: ReactNode;
  /** The word on the button: the verb. */
  readonly confirm: string;
  /** `incomplete`: something that is needed is missing or malformed. */
  readonly state: 'complete' | 'incomplete';
  /** Rejects with a Problem; what was typed then stays. */
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Something new is written down. Only the button does it: Enter in a line does nothing. */
export const FormDialog = ({ title, children, confirm, state: filled, onConfirm, onClose }: FormDialogProps) => {
  const { say } = useTongue();
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const act = async () => {
    setState('busy');
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setState(asProblem(error));
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {typeof state === 'object' && <FailedState problem={state} />}
      <div className="dialog-actions">
        <Button onPress={onClose}>{say('common.action.cancel')}</Button>
        <Button
          kind="main"
          state={state === 'busy' ? 'busy' : filled === 'incomplete' ? 'disabled' : 'ready'}
          onPress={() => void act()}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
};
