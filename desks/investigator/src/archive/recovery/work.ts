import type { StopRule } from '@tutela/recovery';

/** Whose locks are worked on: one case, one authority. Nothing of another is read or tried. */
export interface Under {
  readonly caseRef: string;
  readonly authorityId: string;
}

/** Written down before the run begins. */
export interface RecoveryOptions {
  readonly stopRule: StopRule;
  /** Words near an archive that are tried on it first. */
  readonly hintWords: number;
  /** Work of one lease in seconds of one processor: 5 to 10 minutes. */
  readonly unitSeconds: number;
  /** A lease whose holder was silent for so long is taken over. */
  readonly staleSeconds: number;
  readonly beatSeconds: number;
}

export const defaultRecoveryOptions: RecoveryOptions = {
  stopRule: { mostSecondsPerLock: 1000, mostSeconds: 1e9 },
  hintWords: 20,
  unitSeconds: 300,
  staleSeconds: 30,
  beatSeconds: 5,
};

export interface RecoveryRun extends Under {
  readonly runId: string;
  readonly options: RecoveryOptions;
  readonly checks: number;
  /** Checks times what one costs a processor. */
  readonly costMs: number;
}

/** What one lease holds. Words are named, never written here. */
export type WorkBody =
  | {
      readonly kind: 'hints';
      readonly groupKind: string;
      readonly pairs: readonly { readonly lockKey: string; readonly wordIds: readonly number[] }[];
    }
  | {
      readonly kind: 'spread';
      readonly wordId: number;
      readonly owner: string | null;
      readonly credit: string | null;
      readonly lockKeys: readonly string[];
    }
  | {
      readonly kind: 'block';
      readonly listId: string;
      /** Within the list, and counted through all lists. */
      readonly block: number;
      readonly overall: number;
      readonly blocks: number;
      /** Blocks of this lease, one after another: cheap locks get several at once. */
      readonly span: number;
      readonly groupKind: string;
      readonly lockKeys: readonly string[];
    };

export interface Work extends Under {
  readonly workId: string;
  readonly body: WorkBody;
}

export const lockKeysOf = (body: WorkBody): readonly string[] =>
  body.kind === 'hints' ? body.pairs.map(({ lockKey }) => lockKey) : body.lockKeys;
