/**
 * When guessing ends, written down before it begins: as soon as no block of words is expected to open a lock for fewer
 * than this many checks, or the budget is spent. What is left is reported as locked, not as failed.
 */
export interface StopRule {
  readonly mostChecksPerLock: number;
  readonly mostChecks: number;
}

export type Standing = 'go-on' | 'not-worth-it' | 'budget-spent';

export const standingOf = (rule: StopRule, expectedYield: number, checksSpent: number): Standing => {
  if (checksSpent >= rule.mostChecks) return 'budget-spent';
  return expectedYield * rule.mostChecksPerLock < 1 ? 'not-worth-it' : 'go-on';
};

/** For the record of a case. */
export const describeStopRule = ({ mostChecksPerLock, mostChecks }: StopRule): string =>
  `Guessing ends when a lock is expected to cost more than ${mostChecksPerLock.toLocaleString('en')} checks, or after ` +
  `${mostChecks.toLocaleString('en')} checks.`;
