import { sameBytes } from '../../bytes.js';
import { openCheckpoint } from '../../checkpoint.js';
import { nodeVerifier } from '../../node-crypto.js';
import type { NoteKey } from '../../note/note-key.js';
import type { Hash } from '../../tree/hashing.js';
import type { LedgerDb } from '../tables.js';
import type { Collector } from './collector.js';

/** Heads to be met while the tree grows, from small to large. */
export interface ExpectedHeads {
  /** Compares the heads of exactly this size with the root derived; `unknown` when leaves before it are missing. */
  readonly meet: (size: bigint, root: () => Hash | 'unknown') => Promise<void>;
  /** Reports the heads that the leaves did not reach. @returns size of the newest stored head */
  readonly end: () => Promise<bigint>;
}

interface Head {
  readonly size: bigint;
  readonly root: Hash;
}

const pageSize = 1000;

/** The stored checkpoints, each with its signature verified. */
export const storedHeads = (db: LedgerDb, keys: readonly NoteKey[], { find, count }: Collector): ExpectedHeads => {
  let last = 0n;
  let good = 0n;
  let state: 'as-signed' | 'differs' = 'as-signed';
  const heads = stored(db, keys, find, count);
  let next: Head | undefined | 'not-read' = 'not-read';
  const peek = async (): Promise<Head | undefined> => {
    if (next === 'not-read') next = (await heads.next()).value ?? undefined;
    return next;
  };
  const take = (head: Head): void => {
    last = head.size;
    next = 'not-read';
  };
  return {
    meet: async (size, root) => {
      const head = await peek();
      if (head?.size !== size) return;
      take(head);
      const derived = root();
      if (derived === 'unknown' || state === 'differs') return;
      if (sameBytes(derived, head.root) === 'same') {
        good = size;
      } else {
        // Every later root differs too: the first one tells where.
        state = 'differs';
        find({ kind: 'root-differs', size: String(size), from: String(good) });
      }
    },
    end: async () => {
      for (let head = await peek(); head !== undefined; head = await peek()) {
        take(head);
        find({ kind: 'head-beyond-leaves', size: String(head.size) });
      }
      return last;
    },
  };
};

async function* stored(
  db: LedgerDb,
  keys: readonly NoteKey[],
  find: Collector['find'],
  count: Collector['count'],
): AsyncGenerator<Head, undefined> {
  for (let after = '0'; ; ) {
    const rows = await db
      .selectFrom('ledger.checkpoint')
      .select(['size', 'root', 'note'])
      .where('size', '>', after)
      .orderBy('size')
      .limit(pageSize)
      .execute();
    for (const row of rows) {
      const size = BigInt(row.size);
      const opened = await openCheckpoint(nodeVerifier, keys, row.note);
      if (opened.kind !== 'done') find({ kind: 'head-unsigned', size: String(size), why: opened.reason.message });
      else if (opened.value.size !== size || sameBytes(opened.value.root, row.root) === 'different') {
        find({ kind: 'head-unsigned', size: String(size), why: 'the signed text is about another head' });
      }
      yield { size, root: row.root };
      after = String(size);
    }
    count('checkpoints', rows.length);
    if (rows.length < pageSize) return undefined;
  }
}

/** Signed heads kept outside of the database, where whoever owns it cannot make them fit. */
export const headsKeptElsewhere = async (
  notes: readonly string[],
  keys: readonly NoteKey[],
  { find }: Collector,
): Promise<ExpectedHeads> => {
  const heads: Head[] = [];
  const notInLog = (size: bigint, why: string) => find({ kind: 'head-not-in-log', size: String(size), why });
  for (const note of notes) {
    const opened = await openCheckpoint(nodeVerifier, keys, note);
    if (opened.kind === 'done') heads.push(opened.value);
    else notInLog(0n, `a head kept elsewhere is not one of ours: ${opened.reason.message}`);
  }
  const met = new Set<Head>(heads.filter(({ size }) => size === 0n));
  return {
    meet: async (size, root) => {
      for (const head of heads) {
        if (head.size !== size) continue;
        met.add(head);
        const derived = root();
        if (derived === 'unknown') notInLog(size, 'leaves before it are missing');
        else if (sameBytes(derived, head.root) === 'different') notInLog(size, 'the log has another root at this size');
      }
    },
    end: async () => {
      for (const head of heads) if (!met.has(head)) notInLog(head.size, 'the log is shorter');
      return 0n;
    },
  };
};
