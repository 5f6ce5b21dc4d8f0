import { FormDialog, type FormDialogProps } from './form-dialog.js';

export interface ConfirmDialogProps extends Omit<FormDialogProps, 'state' | 'role' | 'reason'> {
  /** `typed`: why, in words, goes on record with the act. Default: `typed`. */
  readonly reason?: 'typed' | 'none';
}

/**
 * Asks before an act. Enter in the reason makes a new line and confirms nothing: only the button does, reached by Tab.
 */
export const ConfirmDialog = ({ reason = 'typed', ...dialog }: ConfirmDialogProps) => (
  <FormDialog
    {...dialog}
    state="complete"
    role="alertdialog"
    reason={reason === 'typed' ? { focus: 'first' } : 'none'}
  />
);
