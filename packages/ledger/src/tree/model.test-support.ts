import { nodeHasher } from '../node-crypto.js';
import { append, emptyFrontier, type Frontier } from './frontier.js';
import { emptyRoot, type Hash, leafHash, nodeHash } from './hashing.js';
import type { TreeReader } from './proof.js';

/** MTH of RFC 6962 §2.1, word by word and slow: what the real tree is compared with. */
export const rootByDefinition = (leaves: readonly Hash[]): Hash => {
  if (leaves.length === 0) return emptyRoot(nodeHasher);
  if (leaves.length === 1) return leaves[0] as Hash;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(nodeHasher, rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
};

export interface GrownTree {
  readonly leaves: readonly Hash[];
  readonly frontiers: readonly Frontier[];
  readonly reader: TreeReader;
}

/** A tree of numbered entries with all its nodes in memory. */
export const grow = (size: number): GrownTree => {
  const nodes = new Map<string, Hash>();
  const leaves: Hash[] = [];
  const frontiers: Frontier[] = [emptyFrontier];
  for (let at = 0; at < size; at++) {
    const leaf = leafHash(nodeHasher, Buffer.from(`entry ${at}`));
    leaves.push(leaf);
    nodes.set(`0/${at}`, leaf);
    frontiers.push(
      append(nodeHasher, frontiers[at] as Frontier, leaf, ({ level, index, hash }) => {
        nodes.set(`${level}/${index}`, hash);
      }),
    );
  }
  const readNode = async (level: number, index: bigint): Promise<Hash> => {
    const hash = nodes.get(`${level}/${index}`);
    if (hash === undefined) throw new Error(`the tree has no node ${level}/${index}`);
    return hash;
  };
  return { leaves, frontiers, reader: { hasher: nodeHasher, readNode } };
};

/** The same bytes with one bit changed. */
export const flipBit = (bytes: Uint8Array, bit: number): Uint8Array => {
  const flipped = Uint8Array.from(bytes);
  const at = bit % (bytes.length * 8);
  flipped[at >> 3] = (flipped[at >> 3] as number) ^ (1 << (at & 7));
  return flipped;
};
