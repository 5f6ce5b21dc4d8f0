/**
 * The locks of one owner that one authority covers: people lock their archives with few passwords, so one exemplar of
 * the group gets the words, and what it yields is tried on its siblings (forensics.md §3.2).
 */
export interface OwnerGroup {
  /** Locks that nothing has opened, the exemplar among them. */
  readonly unsolved: number;
  /** Locks on which the work in question was in vain: had all words near them, or the whole list. */
  readonly inVain: number;
  /** Passwords recovered from this owner so far. */
  readonly recovered: number;
}

/** Words that stand near a lock, or a word list; both come in blocks, the likeliest first. */
export type Words = 'hints' | 'list';

/** What groups have in common that makes their next block of words about as promising. */
export interface Kind {
  readonly words: Words;
  readonly block: number;
  readonly standing: 'unknown' | 'known';
  /** 0, 1, 2, or 3 for more. */
  readonly inVain: number;
  /** Whole part of the binary logarithm of the unsolved locks, at most 10. */
  readonly size: number;
}

export const mostInVain = 3;
const largestSize = 10;

export const kindOf = ({ unsolved, inVain, recovered }: OwnerGroup, words: Words, block: number): Kind => ({
  words,
  block,
  standing: recovered > 0 ? 'known' : 'unknown',
  inVain: Math.min(inVain, mostInVain),
  size: Math.min(Math.floor(Math.log2(Math.max(unsolved, 1))), largestSize),
});

export const kindKey = ({ words, block, standing, inVain, size }: Kind): string =>
  `${words}:${block}:${standing}:${inVain}:${size}`;
