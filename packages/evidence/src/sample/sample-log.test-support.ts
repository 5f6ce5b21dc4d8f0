import { createHash, createHmac } from 'node:crypto';
import { canonicalJson, type JsonObject, toHex, type UtcInstant } from '@tutela/core';
import {
  append,
  completingNodes,
  type Entry,
  emptyFrontier,
  encodeEntry,
  leafHash,
  nodeHash,
  rootOf,
  type TreeNode,
} from '@tutela/ledger';
import { nodeHasher } from '@tutela/ledger/node';
import { type EventLine, formatEventLine } from '../format/index.js';

/** A log in memory, 64 bytes a leaf, with the events of one case among others. */
export interface SampleLog {
  /** @returns the line of events.jsonl */
  readonly appendCase: (type: string, payload: JsonObject, opened?: 'opened' | 'withheld') => string;
  /** An event of something else. */
  readonly appendOther: () => void;
  readonly head: () => { readonly size: bigint; readonly root: Uint8Array };
  /** For nodes.json. */
  readonly nodes: () => Generator<TreeNode>;
}

const at = '2026-03-01T10:00:00.000Z' as UtcInstant;

export const newSampleLog = (caseRef: string, capacity: number): SampleLog => {
  const hashes = new Uint8Array(capacity * 32);
  const own: bigint[] = [];
  let frontier = emptyFrontier;
  let casePrev: string | undefined;

  const add = (hash: Uint8Array): void => {
    hashes.set(hash, Number(frontier.size) * 32);
    frontier = append(nodeHasher, frontier, hash);
  };

  return {
    appendCase: (type, payload, opened = 'opened') => {
      const index = frontier.size;
      const key = createHash('sha256').update(`key ${index}`).digest();
      const committed = { effects: [], payload };
      const entry: Entry = {
        v: 1,
        type,
        actor: `staff-${(own.length % 7) + 1}`,
        at,
        subjects: [`object-${own.length + 1}`],
        commitment: createHmac('sha256', key).update(canonicalJson(committed)).digest('hex'),
        caseRef,
        caseSeq: own.length + 1,
        ...(casePrev !== undefined && { casePrev }),
      };
      const hash = leafHash(nodeHasher, encodeEntry(entry));
      casePrev = toHex(hash);
      own.push(index);
      add(hash);
      const facts = { index: String(index), entry };
      const line: EventLine =
        opened === 'opened'
          ? { ...facts, opening: { key: toHex(key), payload: committed } }
          : { ...facts, withheld: 'about somebody else' };
      return formatEventLine(line);
    },
    appendOther: () => add(createHash('sha256').update(`other ${frontier.size}`).digest()),
    head: () => ({ size: frontier.size, root: rootOf(nodeHasher, frontier) }),
    nodes: () => nodesOf(hashes, own, frontier.size),
  };
};

function* nodesOf(leaves: Uint8Array, own: readonly bigint[], size: bigint): Generator<TreeNode> {
  let hashes = leaves.subarray(0, Number(size) * 32);
  let level = 0;
  const hashAt = (hash: Uint8Array, index: number) => hash.subarray(index * 32, index * 32 + 32);
  for (const place of completingNodes(own, size)) {
    for (; level < place.level; level++) {
      const above = new Uint8Array(Math.floor(hashes.length / 64) * 32);
      for (let index = 0; index < above.length / 32; index++) {
        above.set(nodeHash(nodeHasher, hashAt(hashes, 2 * index), hashAt(hashes, 2 * index + 1)), index * 32);
      }
      hashes = above;
    }
    yield { ...place, hash: hashAt(hashes, Number(place.index)) };
  }
}
