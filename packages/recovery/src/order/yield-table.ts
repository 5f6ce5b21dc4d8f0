import { type Kind, kindKey, type Words } from './owner-group.js';

/** What blocks of words on groups of a kind have cost and opened so far. */
export interface Observed {
  readonly checks: number;
  /** Locks opened by the exemplar's hits and by their passwords on siblings. */
  readonly solved: number;
}

/** What is expected of words before any were tried; replaced by what is seen as it comes in. */
export interface WordsExpected {
  /** Chance that an owner's password is among them. */
  readonly holdIt: number;
  /** Share of the hits that falls into each block; the likeliest words come first. */
  readonly hitShare: readonly number[];
  /** Of a block, about. */
  readonly words: number;
}

export interface Expectations extends Readonly<Record<Words, WordsExpected>> {
  /** Chance that a sibling has the exemplar's password. */
  readonly reuse: number;
}

/** Weight of the expectations, in blocks. */
const priorBlocks = 8;

export interface YieldTable {
  /** Locks opened a check, for the next block on a group of this kind. */
  readonly expected: (kind: Kind) => number;
  readonly record: (kind: Kind, observed: Observed) => void;
  /** To be kept, so that a restart goes on with what was learned. */
  readonly toJson: () => Readonly<Record<string, Observed>>;
}

/** Learns from what it is told: where owners reuse less than expected, exemplars are worth less, and so on. */
export const openYieldTable = (
  expectations: Expectations,
  learned: Readonly<Record<string, Observed>> = {},
): YieldTable => {
  const seen = new Map<string, Observed>(Object.entries(learned));
  return {
    expected: (kind) => {
      const { checks, solved } = seen.get(kindKey(kind)) ?? { checks: 0, solved: 0 };
      const priorChecks = priorBlocks * expectations[kind.words].words;
      return (solved + priorChecks * priorYield(expectations, kind)) / (checks + priorChecks);
    },
    record: (kind, { checks, solved }) => {
      const key = kindKey(kind);
      const before = seen.get(key) ?? { checks: 0, solved: 0 };
      seen.set(key, { checks: before.checks + checks, solved: before.solved + solved });
    },
    toJson: () => Object.fromEntries(seen),
  };
};

/**
 * An owner whose exemplar is not opened by the words probably used its password on the others as well, so each lock in
 * vain leaves only those of another password to hope for. An owner with a recovered password has the siblings of it
 * solved already.
 */
const priorYield = ({ reuse, ...expected }: Expectations, kind: Kind): number => {
  const { holdIt, hitShare, words } = expected[kind.words];
  const isFresh = kind.standing === 'unknown' && kind.inVain === 0;
  const chance = isFresh ? holdIt : holdIt * (1 - reuse);
  const siblings = (2 ** kind.size - 1) * (isFresh ? reuse : reuse * (1 - reuse));
  return (chance * (hitShare[kind.block] ?? 0) * (1 + siblings)) / words;
};
