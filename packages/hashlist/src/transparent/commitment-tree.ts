import { fromHex, toHex } from '@tutela/core';
import {
  append,
  emptyFrontier,
  type Hash,
  type Hasher,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyInclusion,
} from '@tutela/ledger';
import type { EntryCommitment } from './statement.js';

/** Where a commitment stands in a tree, in hexadecimal; for JSON. */
export interface CommitmentProof {
  readonly index: number;
  readonly size: number;
  readonly hashes: readonly string[];
}

/**
 * The tree of RFC 6962 §2.1 over commitments in the order of their bytes: one set, one root. Their order tells nothing,
 * since commitments are random to whoever lacks the keys.
 */
export interface CommitmentTree {
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
  readonly prove: (commitment: EntryCommitment) => Promise<CommitmentProof | undefined>;
}

export const treeOfCommitments = (hasher: Hasher, commitments: readonly EntryCommitment[]): CommitmentTree => {
  const sorted = [...commitments].sort();
  const leaves = sorted.map((each) => leafHash(hasher, bytesOf(each)));
  const frontier = leaves.reduce((before, leaf) => append(hasher, before, leaf), emptyFrontier);
  const levels: Hash[][] = [leaves];
  const levelAt = (level: number): readonly Hash[] => {
    const known = levels[level];
    if (known !== undefined) return known;
    const below = levelAt(level - 1);
    const made = Array.from({ length: below.length >> 1 }, (_, at) =>
      nodeHash(hasher, below[2 * at] as Hash, below[2 * at + 1] as Hash),
    );
    levels[level] = made;
    return made;
  };
  const places = new Map(sorted.map((each, at) => [each, at]));
  return {
    size: sorted.length,
    root: toHex(rootOf(hasher, frontier)),
    prove: async (commitment) => {
      const index = places.get(commitment);
      if (index === undefined) return undefined;
      const readNode = async (level: number, at: bigint) => levelAt(level)[Number(at)] as Hash;
      const path = await inclusionProof({ hasher, readNode }, BigInt(index), BigInt(sorted.length));
      return { index, size: sorted.length, hashes: path.map(toHex) };
    },
  };
};

/** Every number and length is taken as hostile. */
export const verifyCommitment = (
  hasher: Hasher,
  { commitment, root, proof }: { readonly commitment: string; readonly root: string; readonly proof: CommitmentProof },
): 'included' | 'not-included' => {
  const { index, size, hashes } = proof;
  const path = Array.isArray(hashes) ? hashes.map((each) => fromHex(String(each))) : [undefined];
  const leaf = fromHex(commitment);
  const head = fromHex(root);
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || leaf === undefined || head === undefined)
    return 'not-included';
  if (path.length > 63 || path.some((each) => each === undefined)) return 'not-included';
  const claim = {
    index: BigInt(index),
    size: BigInt(size),
    leaf: leafHash(hasher, leaf),
    root: head,
    proof: path as Hash[],
  };
  return verifyInclusion(hasher, claim).kind === 'done' ? 'included' : 'not-included';
};

const bytesOf = (commitment: EntryCommitment): Uint8Array => {
  const bytes = fromHex(commitment);
  if (bytes?.length !== 32) throw new TypeError('a commitment has 64 hexadecimal digits');
  return bytes;
};
