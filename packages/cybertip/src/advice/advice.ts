/**
 * What an investigator will miss. Advice never blocks: a report that passes `checkReport` is legally complete.
 * `weight`: `attribution` without it nobody can be identified, `warrant` whether the file may be opened without one,
 * `context` what happened is harder to understand.
 */
export interface Advice {
  readonly id: string;
  readonly path: string;
  readonly weight: 'attribution' | 'warrant' | 'context';
  readonly missing: string;
  /** Why it matters, to the person who decides. */
  readonly reason: string;
  /** Where that is known from. */
  readonly source: string;
  readonly remedy: string;
}

/** Which label the clearinghouse will probably give the report, and what decides it. */
export interface Prediction {
  /** `referral`: enough to act on. `informational`: not enough, or viral material (protocols.md §2.1). */
  readonly label: 'referral' | 'informational';
  readonly because: readonly { readonly path: string; readonly reason: string; readonly source: string }[];
}
