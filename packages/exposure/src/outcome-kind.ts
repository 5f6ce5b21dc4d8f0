/** How something ended, as those who worked on it are told. */
export const outcomeKinds = [
  'child-safeguarded',
  'case-closed',
  'person-arrested',
  'takedown-confirmed',
  'report-acted-on',
] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];
