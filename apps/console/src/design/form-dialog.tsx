import { type ReactNode, useState } from 'react';
import { asProblem, type Problem } from '../app/problem.js';
import { useTongue } from '../app/tongue.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Field, type FieldProps } from './field.js';
import { FailedState } from './states.js';

/** Why, in words, below the other fields. It goes on record with the act. */
export interface AskedReason extends Pick<FieldProps, 'help' | 'focus'> {
  /** Characters the node takes. Default: 3000. */
  readonly maxLength?: number;
}

export interface FormDialogProps {
  readonly title: string;
  /** The fields, or what will happen. */
  readonly children: ReactNode;
  /** The word on the button: the verb, never just OK. */
  readonly confirm: string;
  /** `incomplete`: something else than the reason, that is needed, is missing or malformed. */
  readonly state: 'complete' | 'incomplete';
  /** Default: `none`. */
  readonly reason?: 'none' | 'typed' | AskedReason;
  readonly kind?: 'main' | 'danger';
  /** `alertdialog` for what cannot be taken back. */
  readonly role?: 'dialog' | 'alertdialog';
  /** Rejects with a Problem; what was typed then stays. The reason without the blanks around it, empty when none is asked. */
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Something new is written down. Only the button does it: Enter in a line does nothing. */
export const FormDialog = (props: FormDialogProps) => {
  const { title, children, confirm, state: filled, reason: asked = 'none', onConfirm, onClose } = props;
  const { say } = useTongue();
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | Problem>('ready');
  const reason = typed.trim();
  const act = async () => {
    setState('busy');
    try {
      await onConfirm(reason);
      onClose();
    } catch (error) {
      setState(asProblem(error));
    }
  };
  const missing = filled === 'incomplete' || (asked !== 'none' && reason === '');
  return (
    <Dialog title={title} onClose={onClose} role={props.role ?? 'dialog'}>
      {children}
      {asked !== 'none' && (
        <Field
          label={say('common.confirm.reason')}
          help={say('common.confirm.reason-help')}
          maxLength={3000}
          {...(asked !== 'typed' && asked)}
          value={typed}
          onChange={setTyped}
          rows={3}
          need="required"
        />
      )}
      {typeof state === 'object' && <FailedState problem={state} />}
      <div className="dialog-actions">
        <Button onPress={onClose}>{say('common.action.cancel')}</Button>
        <Button
          kind={props.kind ?? 'main'}
          state={state === 'busy' ? 'busy' : missing ? 'disabled' : 'ready'}
          onPress={() => void act()}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
};
