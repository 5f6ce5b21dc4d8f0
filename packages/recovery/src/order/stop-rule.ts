/**
 * When guessing ends, written down before it begins: as soon as no block of words is expected to open a lock for less
 * than this, or the budget is spent. In seconds of one processor, by what the locks' key derivations cost. What is left
 * is reported as locked, not as failed.
 */
export interface StopRule {
  readonly mostSecondsPerLock: number;
  readonly mostSeconds: number;
}

export type Standing = 'go-on' | 'not-worth-it' | 'budget-spent';

/** @param locksPerSecond what the most promising block is expected to open */
export const standingOf = (rule: StopRule, locksPerSecond: number, secondsSpent: number): Standing => {
  if (secondsSpent >= rule.mostSeconds) return 'budget-spent';
  return locksPerSecond * rule.mostSecondsPerLock < 1 ? 'not-worth-it' : 'go-on';
};
