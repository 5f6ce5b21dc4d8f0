import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useLookBy } from './look-by.js';

export interface HoldButtonProps {
  readonly children: ReactNode;
  readonly pressed: 'pressed' | 'released';
  readonly state: 'ready' | 'disabled';
  readonly onHold: () => void;
  readonly onLetGo: () => void;
}

/**
 * Works for as long as it is held, by pointer, Space or Enter. Who cannot hold chooses in their settings that one press
 * begins and the next one ends.
 */
export const HoldButton = ({ children, pressed, state, onHold, onLetGo }: HoldButtonProps) => {
  const [lookBy] = useLookBy();
  const acts =
    lookBy === 'holding'
      ? { onPressStart: onHold, onPressEnd: onLetGo }
      : { onPress: pressed === 'pressed' ? onLetGo : onHold };
  return (
    <Button className="button hold" data-kind="main" isDisabled={state === 'disabled'} {...acts}>
      {children}
      <span className="key-hint" aria-hidden="true">
        ␣
      </span>
    </Button>
  );
};
