import { useSyncExternalStore } from 'react';

export const looksBy = ['holding', 'pressing'] as const;
/** `pressing`: one press shows, the next one hides. */
export type LookBy = (typeof looksBy)[number];

const kept = 'look-by';
const listeners = new Set<() => void>();
const chosen = (): LookBy => looksBy.find((one) => one === localStorage.getItem(kept)) ?? 'holding';
const choose = (next: LookBy): void => {
  localStorage.setItem(kept, next);
  for (const listener of listeners) listener();
};

/** How this browser's person looks at an original. */
export const useLookBy = (): readonly [LookBy, (next: LookBy) => void] => {
  const lookBy = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, chosen);
  return [lookBy, choose];
};
