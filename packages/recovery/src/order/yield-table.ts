import { type Kind, kindKey } from './owner-group.js';

/** What blocks of words on groups of a kind have cost and opened so far. */
export interface Observed {
  readonly checks: number;
  /** Locks opened by the exemplar's hits and by their passwords on siblings. */
  readonly solved: number;
}

/** What is expected before anything was seen; replaced by what is seen as it comes in. */
export interface Expectations {
  /** Chance that an owner's password stands in the list. */
  readonly inList: number;
  /** Chance that a sibling has the exemplar's password. */
  readonly reuse: number;
  /** Share of the list's hits that falls into each block; the list has its most used words first. */
  readonly hitShare: readonly number[];
  readonly blockWords: number;
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
      const priorChecks = priorBlocks * expectations.blockWords;
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
 * An owner whose exemplar is not in the list probably used that password on the others as well, so each exhausted
 * exemplar leaves only locks of another password to hope for. An owner with a recovered password has the siblings of it
 * solved already.
 */
const priorYield = ({ inList, reuse, hitShare, blockWords }: Expectations, kind: Kind): number => {
  const fresh = inList * (1 - reuse);
  const chance = kind.standing === 'known' || kind.exhausted > 0 ? fresh : inList;
  const siblings =
    (2 ** kind.size - 1) * (kind.standing === 'unknown' && kind.exhausted === 0 ? reuse : reuse * (1 - reuse));
  return (chance * (hitShare[kind.block] ?? 0) * (1 + siblings)) / blockWords;
};
