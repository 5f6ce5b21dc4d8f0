import { useSyncExternalStore } from 'react';
import { type StepId, stepIds } from './steps.js';

const kept = 'walk';
const listeners = new Set<() => void>();
const stepCalled = (name: string | null): StepId | null => stepIds.find((id) => id === name) ?? null;
let at: StepId | null = stepCalled(sessionStorage.getItem(kept));

/** Where the walk stands in this tab; `null` ends it. */
export const walkTo = (step: StepId | null): void => {
  at = step;
  if (step === null) sessionStorage.removeItem(kept);
  else sessionStorage.setItem(kept, step);
  for (const listener of listeners) listener();
};

export const useWalk = (): StepId | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => at,
  );
