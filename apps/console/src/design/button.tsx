import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  /** `main`: the act of the screen, at most one. `danger`: cannot be taken back; opens a dialog first. */
  readonly kind?: 'plain' | 'main' | 'danger' | 'quiet';
  readonly state?: 'ready' | 'busy' | 'disabled';
  readonly type?: 'button' | 'submit';
  /** Where the text alone does not say what is done. */
  readonly label?: string;
  /** The key that does the same, shown in the button; register it with `useKeys`. */
  readonly keyHint?: string;
  /** Shows and hides what has that id. */
  readonly expands?: { readonly id: string; readonly state: 'open' | 'closed' };
}

export const Button = ({
  children,
  onPress,
  kind = 'plain',
  state = 'ready',
  type = 'button',
  label,
  keyHint,
  expands,
}: ButtonProps) => (
  <AriaButton
    className="button"
    data-kind={kind}
    type={type}
    isDisabled={state === 'disabled'}
    isPending={state === 'busy'}
    {...(onPress !== undefined && { onPress })}
    {...(label !== undefined && { 'aria-label': label })}
    {...(expands !== undefined && { 'aria-controls': expands.id, 'aria-expanded': expands.state === 'open' })}
  >
    {children}
    {keyHint !== undefined && (
      <span className="key-hint" aria-hidden="true">
        {keyHint}
      </span>
    )}
  </AriaButton>
);
