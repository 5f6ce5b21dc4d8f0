import { done, refused } from '@tutela/core';
import { sameBytes } from '../bytes.js';
import type { Hasher } from '../crypto.js';
import type { Verdict } from '../verdict.js';
import { type Hash, hashLength, nodeHash } from './hashing.js';

/** C2SP and RFC 9162 count in 64 bits; what is beyond 2^63 − 1 is an attack, not a log. */
export const largestTree = 2n ** 63n - 1n;

export type ProofFault = 'size-out-of-range' | 'wrong-length' | 'root-differs';

export interface InclusionClaim {
  readonly index: bigint;
  readonly size: bigint;
  readonly leaf: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162 §2.1.3.2. Every number and length is taken as hostile. */
export const verifyInclusion = (hasher: Hasher, claim: InclusionClaim): Verdict<undefined, ProofFault> => {
  const { index, size, leaf, root, proof } = claim;
  if (index < 0n || index >= size || size > largestTree) return outOfRange;
  if (proof.length > 63 || hasWrongHash([leaf, ...proof])) return wrongLength;
  let node = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return wrongLength;
    if (isOdd(node) || node === last) {
      hash = nodeHash(hasher, sibling, hash);
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hasher, hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return wrongLength;
  return sameBytes(hash, root) === 'same' ? done(undefined) : rootDiffers;
};

export interface ConsistencyClaim {
  readonly first: bigint;
  readonly second: bigint;
  readonly firstRoot: Hash;
  readonly secondRoot: Hash;
  readonly proof: readonly Hash[];
}

/**
 * RFC 9162 §2.1.4.2.
 *
 * The empty tree is refused as `first`: it is a prefix of every tree, so a proof from it would prove nothing.
 * (transparency-dev/merkle decides so too; the witness protocol treats "old size 0" before it asks for a proof.)
 */
export const verifyConsistency = (hasher: Hasher, claim: ConsistencyClaim): Verdict<undefined, ProofFault> => {
  const { first, second, firstRoot, secondRoot, proof } = claim;
  if (first <= 0n || first > second || second > largestTree) return outOfRange;
  if (proof.length > 64 || hasWrongHash(proof)) return wrongLength;
  if (first === second) {
    if (proof.length > 0) return wrongLength;
    return sameBytes(firstRoot, secondRoot) === 'same' ? done(undefined) : rootDiffers;
  }
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined || proof.length === 0) return wrongLength;
  let node = first - 1n;
  let last = second - 1n;
  while (isOdd(node)) {
    node >>= 1n;
    last >>= 1n;
  }
  let firstHash = start;
  let secondHash = start;
  for (const sibling of rest) {
    if (last === 0n) return wrongLength;
    if (isOdd(node) || node === last) {
      firstHash = nodeHash(hasher, sibling, firstHash);
      secondHash = nodeHash(hasher, sibling, secondHash);
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      secondHash = nodeHash(hasher, secondHash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return wrongLength;
  const both = sameBytes(firstHash, firstRoot) === 'same' && sameBytes(secondHash, secondRoot) === 'same';
  return both ? done(undefined) : rootDiffers;
};

const outOfRange = refused('size-out-of-range', 'the index or the sizes name no such proof');
const wrongLength = refused(
  'wrong-length',
  'the proof has not the number or the length of hashes that the sizes ask for',
);
const rootDiffers = refused('root-differs', 'the proof leads to another root');

const isOdd = (value: bigint) => (value & 1n) === 1n;
const isPowerOfTwo = (value: bigint) => (value & (value - 1n)) === 0n;
const hasWrongHash = (hashes: readonly Hash[]) => hashes.some((hash) => hash.length !== hashLength);
