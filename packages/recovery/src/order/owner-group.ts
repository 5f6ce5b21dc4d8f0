/**
 * The locks of one owner that one authority covers: people lock their archives with few passwords, so one exemplar of
 * the group gets the word list, and what it yields is tried on its siblings (forensics.md §3.2).
 */
export interface OwnerGroup {
  /** Locks that nothing has opened, the exemplar among them. */
  readonly unsolved: number;
  /** Exemplars that had the whole list without a hit. */
  readonly exhausted: number;
  /** Passwords recovered from this owner so far. */
  readonly recovered: number;
  /** How far its present exemplar has come: the next block of the list. */
  readonly block: number;
}

/** What groups have in common that makes their next block of words about as promising. */
export interface Kind {
  readonly standing: 'unknown' | 'known';
  /** 0, 1, 2, or 3 for more. */
  readonly exhausted: number;
  /** Whole part of the binary logarithm of the unsolved locks, at most 10. */
  readonly size: number;
  readonly block: number;
}

const mostExhausted = 3;
const largestSize = 10;

export const kindOf = ({ unsolved, exhausted, recovered, block }: OwnerGroup): Kind => ({
  standing: recovered > 0 ? 'known' : 'unknown',
  exhausted: Math.min(exhausted, mostExhausted),
  size: Math.min(Math.floor(Math.log2(Math.max(unsolved, 1))), largestSize),
  block,
});

export const kindKey = ({ standing, exhausted, size, block }: Kind): string =>
  `${standing}:${exhausted}:${size}:${block}`;
