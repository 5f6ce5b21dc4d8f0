import { type ReactNode, useState } from 'react';
import { asProblem, type Problem } from '../app/problem.js';
import { useTongue } from '../app/tongue.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Field } from './field.js';
import { FailedState } from './states.js';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and to what. */
  readonly children: ReactNode;
  /** The word on the button: the verb, never just OK. */
  readonly confirm: string;
  readonly kind?: 'main' | 'danger';
  /** `typed`: why, in words, goes on record with the act. Default: `typed`. */
  readonly reason?: 'typed' | 'none';
  /** Rejects with a Problem; what was typed then stays. */
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/**
 * Asks before an act. Enter in the reason makes a new line and confirms nothing: only the button does, reached by Tab.
 */
export const ConfirmDialog = ({
  title,
  children,
  confirm,
  kind = 'main',
  reason: asked = 'typed',
  onConfirm,
  onClose,
}: ConfirmDialogProps) => {
  const { say } = useTongue();
  const [reason, setReason] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const act = async () => {
    setState('busy');
    try {
      await onConfirm(reason.trim());
      onClose();
    } catch (error) {
      setState(asProblem(error));
    }
  };
  const missing = asked === 'typed' && reason.trim() === '';
  return (
    <Dialog title={title} onClose={onClose} role="alertdialog">
      {children}
      {asked === 'typed' && (
        <Field
          label={say('common.confirm.reason')}
          help={say('common.confirm.reason-help')}
          value={reason}
          onChange={setReason}
          rows={3}
          need="required"
          maxLength={3000}
          focus="first"
        />
      )}
      {typeof state === 'object' && <FailedState problem={state} />}
      <div className="dialog-actions">
        <Button onPress={onClose}>{say('common.action.cancel')}</Button>
        <Button
          kind={kind}
          state={state === 'busy' ? 'busy' : missing ? 'disabled' : 'ready'}
          onPress={() => void act()}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
};
