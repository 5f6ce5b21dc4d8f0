import type { Check, HashcatLine } from '@tutela/archive';

/** A lock as an engine sees it: key material and an opaque identifier, no names. */
export interface JobLock {
  readonly id: string;
  readonly check: Check;
  readonly hashcat: HashcatLine;
}

/** What one lease of work holds. */
export type Job =
  /** Every word on every lock, each lock until its hit. */
  | { readonly kind: 'words'; readonly locks: readonly JobLock[]; readonly words: readonly string[] }
  /** Hints, siblings, broadcasts: each pair once. */
  | { readonly kind: 'pairs'; readonly pairs: readonly { readonly lock: JobLock; readonly word: string }[] };

export interface Hit {
  readonly lockId: string;
  readonly word: string;
  /** `probable`: the check proves less than 32 bits; a hit of any kind is confirmed by opening before it is used. */
  readonly grade: 'proven' | 'probable';
}

export interface JobReport {
  readonly hits: readonly Hit[];
  /** Checks made, for the record and the budget. */
  readonly checks: number;
  /** Locks that this engine cannot check. */
  readonly unchecked: readonly string[];
}

export interface EngineProgress {
  readonly checks: number;
}

export type JobEnd =
  | { readonly kind: 'finished'; readonly report: JobReport }
  /** What was done before it was stopped stands in the report. */
  | { readonly kind: 'stopped'; readonly report: JobReport }
  | { readonly kind: 'broken'; readonly why: string };

/** The port behind which passwords are checked. Plaintexts are in what it returns and nowhere else: no log, no file left. */
export interface RecoveryEngine {
  /** Such as `tutela 0.1.0` or `hashcat 6.2.6`: stands in the record of every attempt. */
  readonly name: string;
  readonly canCheck: (lock: JobLock) => 'yes' | 'no';
  readonly run: (
    job: Job,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: EngineProgress) => void },
  ) => Promise<JobEnd>;
  readonly close: () => Promise<void>;
}
