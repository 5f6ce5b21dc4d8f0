import type { Hasher } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import type { Frontier } from './frontier.js';
import { type Hash, nodeHash } from './hashing.js';

/** Where proofs come from: the hash of a perfect subtree (`TreeNode`) of the stored tree. */
export interface TreeReader {
  readonly hasher: Hasher;
  readonly readNode: (level: number, index: bigint) => Promise<Hash>;
}

/**
 * PATH(index, D[size]) of RFC 6962 §2.1.1, from the leaf's sibling up.
 * @throws LedgerError `invalid` unless 0 ≤ index < size
 */
export const inclusionProof = async (tree: TreeReader, index: bigint, size: bigint): Promise<readonly Hash[]> => {
  if (index < 0n || index >= size) throw new LedgerError('invalid', `no leaf ${index} in a tree of ${size}`);
  const path: Hash[] = [];
  let from = 0n;
  let to = size;
  while (to - from > 1n) {
    const middle = from + largestPowerOfTwoBelow(to - from);
    if (index < middle) {
      path.unshift(await rangeRoot(tree, middle, to));
      to = middle;
    } else {
      path.unshift(await rangeRoot(tree, from, middle));
      from = middle;
    }
  }
  return path;
};

/**
 * PROOF(first, D[second]) of RFC 6962 §2.1.2; empty for equal sizes.
 * @throws LedgerError `invalid` unless 0 < first ≤ second
 */
export const consistencyProof = async (tree: TreeReader, first: bigint, second: bigint): Promise<readonly Hash[]> => {
  if (first <= 0n || first > second) throw new LedgerError('invalid', `no proof from size ${first} to ${second}`);
  const path: Hash[] = [];
  let from = 0n;
  let to = second;
  while (first !== to) {
    const middle = from + largestPowerOfTwoBelow(to - from);
    if (first <= middle) {
      path.unshift(await rangeRoot(tree, middle, to));
      to = middle;
    } else {
      path.unshift(await rangeRoot(tree, from, middle));
      from = middle;
    }
  }
  // The old tree's last subtree, unless it is the old tree itself, whose root the verifier has.
  if (from > 0n) path.unshift(await rangeRoot(tree, from, to));
  return path;
};

/** The frontier of the tree when it had `size` leaves. */
export const frontierAt = async (tree: TreeReader, size: bigint): Promise<Frontier> => ({
  size,
  peaks: await perfectSubtrees(tree, 0n, size),
});

/** Root over leaves `from` up to `to`, where `from` begins a subtree. */
const rangeRoot = async (tree: TreeReader, from: bigint, to: bigint): Promise<Hash> => {
  const subtrees = await perfectSubtrees(tree, from, to);
  return subtrees.reduceRight((right, left) => nodeHash(tree.hasher, left, right));
};

const perfectSubtrees = async (tree: TreeReader, from: bigint, to: bigint): Promise<Hash[]> => {
  const hashes: Hash[] = [];
  for (let at = from; at < to; ) {
    const level = bitLength(to - at) - 1;
    hashes.push(await tree.readNode(level, at >> BigInt(level)));
    at += 1n << BigInt(level);
  }
  return hashes;
};

const bitLength = (value: bigint): number => value.toString(2).length;

/** The k of RFC 6962 §2.1: k < count ≤ 2k. */
const largestPowerOfTwoBelow = (count: bigint): bigint => 1n << BigInt(bitLength(count - 1n) - 1);
