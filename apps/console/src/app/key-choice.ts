import { useSyncExternalStore } from 'react';

export const keyChoices = ['on', 'off'] as const;
/**
 * `off`: no key acts without Ctrl. Who speaks to the machine, or whose screen reader uses letters itself, would set off acts
 * by them (WCAG 2.2, 2.1.4).
 */
export type KeyChoice = (typeof keyChoices)[number];

const kept = 'single-keys';
const listeners = new Set<() => void>();

export const keyChoice = (): KeyChoice => (localStorage.getItem(kept) === 'off' ? 'off' : 'on');
const choose = (next: KeyChoice): void => {
  localStorage.setItem(kept, next);
  for (const listener of listeners) listener();
};

/** Whether keys act by themselves in this browser. */
export const useKeyChoice = (): readonly [KeyChoice, (next: KeyChoice) => void] => {
  const now = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, keyChoice);
  return [now, choose];
};
