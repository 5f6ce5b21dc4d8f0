import { type Hash, type Hasher, nodeHash } from '@tutela/ledger';
import type { NodesPart } from '../format/nodes.js';

/** Leaf hashes of a case's events in the order of the log: 40 bytes an event. */
export interface Leaves {
  readonly add: (index: bigint, hash: Hash) => void;
  readonly count: () => number;
  readonly take: () => Level;
}

interface Level {
  readonly indices: BigUint64Array;
  readonly hashes: Uint8Array;
}

const hashBytes = 32;

export const newLeaves = (): Leaves => {
  let level: Level = { indices: new BigUint64Array(1024), hashes: new Uint8Array(1024 * hashBytes) };
  let count = 0;
  return {
    add: (index, hash) => {
      if (count === level.indices.length) level = grown(level);
      level.indices[count] = index;
      level.hashes.set(hash, count * hashBytes);
      count++;
    },
    count: () => count,
    take: () => ({ indices: level.indices.subarray(0, count), hashes: level.hashes.subarray(0, count * hashBytes) }),
  };
};

const grown = ({ indices, hashes }: Level): Level => {
  const larger = { indices: new BigUint64Array(indices.length * 2), hashes: new Uint8Array(hashes.length * 2) };
  larger.indices.set(indices);
  larger.hashes.set(hashes);
  return larger;
};

export type Completion =
  | {
      readonly kind: 'root';
      readonly root: Hash;
      readonly nodes: number;
      /** PATH(watched, D[size]) of RFC 6962 §2.1.1; empty when no leaf was watched. */
      readonly path: readonly Hash[];
    }
  | { readonly kind: 'malformed' | 'wrong'; readonly why: string };

/**
 * The root (RFC 6962 §2.1) that leaves and nodes.json give, level by level from the leaves up. Each node has to be the one
 * that is needed next: too few, too many and other ones are all told.
 * @param leaves at least one, ascending, below `size`; overwritten
 * @param parts of `parseNodes`
 * @param watched one of the leaves, whose path is told
 */
export const completeTree = async (
  hasher: Hasher,
  leaves: Level,
  parts: AsyncIterator<NodesPart>,
  size: bigint,
  watched?: bigint,
): Promise<Completion> => {
  let nodes = 0;
  const path: Hash[] = [];
  let watchedPeak: number | undefined;
  const fault: { told?: Completion } = {};
  const next = async (level: number, index: bigint): Promise<Hash | undefined> => {
    const part: NodesPart | undefined = (await parts.next()).value;
    if (part?.kind === 'node' && part.node.level === level && part.node.index === index) {
      nodes++;
      return part.node.hash;
    }
    fault.told = unexpected(part, `level ${level} index ${index} is needed`);
    return undefined;
  };

  let { indices, hashes } = leaves;
  const peaks: Hash[] = [];
  for (let level = 0; size >> BigInt(level) > 0n; level++) {
    const complete = size >> BigInt(level);
    const peak = (complete & 1n) === 1n ? complete - 1n : undefined;
    let parents = 0;
    for (let at = 0; at < indices.length; at++) {
      const index = indices[at] as bigint;
      const isWatched = watched !== undefined && index === watched >> BigInt(level);
      const own = hashes.subarray(at * hashBytes, (at + 1) * hashBytes);
      if (index === peak) {
        if (isWatched) watchedPeak = peaks.length;
        peaks.push(Uint8Array.from(own));
        continue;
      }
      const isLeft = (index & 1n) === 0n;
      const isPaired = isLeft && at + 1 < indices.length && indices[at + 1] === index + 1n;
      if (isPaired) at++;
      const sibling = isPaired ? hashes.subarray(at * hashBytes, (at + 1) * hashBytes) : await next(level, index ^ 1n);
      if (sibling === undefined) return fault.told as Completion;
      const isSibling = isPaired && watched !== undefined && index + 1n === watched >> BigInt(level);
      if (isWatched && watchedPeak === undefined) path.push(Uint8Array.from(sibling));
      else if (isSibling && watchedPeak === undefined) path.push(Uint8Array.from(own));
      const parent = isLeft ? nodeHash(hasher, own, sibling) : nodeHash(hasher, sibling, own);
      // Written where what is read next has gone by already.
      indices[parents] = index >> 1n;
      hashes.set(parent, parents * hashBytes);
      parents++;
    }
    if (peak !== undefined && indices.at(-1) !== peak) {
      const hash = await next(level, peak);
      if (hash === undefined) return fault.told as Completion;
      peaks.push(hash);
    }
    indices = indices.subarray(0, parents);
    hashes = hashes.subarray(0, parents * hashBytes);
  }
  const last: NodesPart | undefined = (await parts.next()).value;
  if (last?.kind !== 'end') return unexpected(last, 'nothing more is needed');
  if (last.size !== size)
    return { kind: 'wrong', why: `it is for a tree of ${last.size}, the checkpoint for one of ${size}` };
  const folded = (some: readonly Hash[]): Hash => some.reduce((right, left) => nodeHash(hasher, left, right));
  if (watchedPeak !== undefined) {
    if (watchedPeak > 0) path.push(folded(peaks.slice(0, watchedPeak)));
    path.push(...peaks.slice(watchedPeak + 1));
  }
  return { kind: 'root', root: folded(peaks), nodes, path };
};

const unexpected = (part: NodesPart | undefined, wanted: string): Completion => {
  if (part?.kind === 'malformed') return { kind: 'malformed', why: part.why };
  const found = part?.kind === 'node' ? `level ${part.node.level} index ${part.node.index} stands there` : 'it ends';
  return { kind: 'wrong', why: `${wanted}, and ${found}` };
};
