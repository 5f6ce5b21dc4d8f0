import type { Hasher } from '../crypto.js';
import { emptyRoot, type Hash, nodeHash } from './hashing.js';

/**
 * All that is needed to go on with a tree: the roots of its perfect subtrees from left (largest) to right, one per bit
 * that is set in its size.
 */
export interface Frontier {
  readonly size: bigint;
  readonly peaks: readonly Hash[];
}

export const emptyFrontier: Frontier = { size: 0n, peaks: [] };

/** A perfect subtree: the root over leaves `index · 2^level` up to `(index + 1) · 2^level`. */
export interface TreeNode {
  readonly level: number;
  readonly index: bigint;
  readonly hash: Hash;
}

/** @param completed is told each subtree of two leaves and more that this leaf completes, from small to large */
export const append = (
  hasher: Hasher,
  { size, peaks }: Frontier,
  leaf: Hash,
  completed?: (node: TreeNode) => void,
): Frontier => {
  const rest = [...peaks];
  let hash = leaf;
  let index = size;
  for (let level = 1; (index & 1n) === 1n; level++) {
    index >>= 1n;
    hash = nodeHash(hasher, rest.pop() as Hash, hash);
    completed?.({ level, index, hash });
  }
  rest.push(hash);
  return { size: size + 1n, peaks: rest };
};

export const rootOf = (hasher: Hasher, { peaks }: Frontier): Hash =>
  peaks.length === 0 ? emptyRoot(hasher) : peaks.reduceRight((right, left) => nodeHash(hasher, left, right));
