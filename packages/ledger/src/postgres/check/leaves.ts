import { toHex } from '@tutela/core';
import { sql } from 'kysely';
import { sameBytes } from '../../bytes.js';
import { nodeHasher } from '../../node-crypto.js';
import { append, emptyFrontier, rootOf, type TreeNode } from '../../tree/frontier.js';
import { type Hash, leafHash } from '../../tree/hashing.js';
import { leafEntry } from '../leaf-entry.js';
import { caseOf } from '../prove-event.js';
import { levelsOfTile } from '../stored-tree.js';
import type { LedgerDb, LedgerTables } from '../tables.js';
import type { Collector } from './collector.js';
import { checkEventRows, type EventRow, withDraft } from './event-rows.js';
import type { ExpectedHeads } from './heads.js';
import type { Openings } from './openings.js';

type LeafRow = EventRow & LedgerTables['ledger.leaf'];

/** Rows in memory at once. */
const pageSize = 4000;

/**
 * Walks the log from the first leaf: entry against leaf, leaves against heads and stored subtrees, place in the case,
 * and what each event says.
 */
export const checkLeaves = async (
  db: LedgerDb,
  heads: readonly ExpectedHeads[],
  openings: Openings,
  collector: Collector,
): Promise<bigint> => {
  const { find, count } = collector;
  const cases = caseChains(collector);
  let frontier = emptyFrontier;
  let tree: 'derived' | 'gap' = 'derived';
  let expected = 0n;
  for (;;) {
    const rows = await readPage(db, expected);
    const completed: TreeNode[] = [];
    for (const row of rows) {
      const index = BigInt(row.index);
      if (index !== expected) {
        find({ kind: 'leaf-missing', from: String(expected), to: String(index) });
        tree = 'gap';
      }
      expected = index + 1n;
      checkEntry(row, collector);
      cases.follow(row);
      // The stored hash goes into the tree: an altered entry is named by itself and does not hide what follows.
      if (tree === 'derived') {
        frontier = append(nodeHasher, frontier, row.hash, (node) => {
          if (node.level % levelsOfTile === 0) completed.push(node);
        });
      }
      const root = (): Hash | 'unknown' => (tree === 'derived' ? rootOf(nodeHasher, frontier) : 'unknown');
      for (const each of heads) await each.meet(expected, root);
    }
    count('leaves', rows.length);
    await checkSubtrees(db, completed, collector);
    await checkEventRows(db, await openings.open(rows), collector);
    if (rows.length < pageSize) return expected;
  }
};

const readPage = async (db: LedgerDb, from: bigint): Promise<readonly LeafRow[]> => {
  // "limit 1" keeps the planner from reading a whole table for each page.
  const { rows } = await sql<Omit<LeafRow, 'draft'>>`
    select leaf.*, event.entry, opening.key, opening.payload, opening.sealed
      from (select * from ledger.leaf where index >= ${String(from)} order by index limit ${pageSize}) as leaf
      left join lateral (select entry from ledger.event where id = leaf.event_id limit 1) as event on true
      left join lateral (
        select key, payload, sealed from ledger.opening where opening.event_id = leaf.event_id limit 1
      ) as opening on true
     order by leaf.index`.execute(db);
  return rows.map(withDraft);
};

const checkEntry = (row: LeafRow, { find }: Collector): void => {
  const { index, event_id: eventId, entry, hash } = row;
  if (entry === null) find({ kind: 'event-missing', index: String(index), eventId });
  else if (leafHashOf(entry, row) !== toHex(hash)) find({ kind: 'entry-altered', index: String(index), eventId });
};

const leafHashOf = (entry: string, row: LeafRow): string => {
  try {
    return toHex(leafHash(nodeHasher, leafEntry(entry, caseOf(row))));
  } catch {
    return 'the row gives the leaf a place in its case that cannot be';
  }
};

const caseRefOf = ({ draft, case_ref }: LeafRow): string | null => {
  if (draft === undefined) return case_ref;
  return draft.kind === 'done' ? (draft.value.caseRef ?? null) : null;
};

const caseChains = ({ find }: Collector) => {
  const last = new Map<string, { readonly seq: number; readonly hash: Hash }>();
  return {
    follow: (row: LeafRow): void => {
      const said = caseRefOf(row);
      const place = caseOf(row);
      if (said === null && place === undefined) return;
      const before = last.get(said ?? '');
      const follows =
        place !== undefined &&
        place.ref === said &&
        place.seq === (before?.seq ?? 0) + 1 &&
        sameBytes(place.prev ?? new Uint8Array(0), before?.hash ?? new Uint8Array(0)) === 'same';
      const caseRef = said ?? place?.ref ?? '';
      if (!follows) find({ kind: 'case-chain-broken', index: String(row.index), eventId: row.event_id, caseRef });
      if (place) last.set(place.ref, { seq: place.seq, hash: row.hash });
    },
  };
};

const checkSubtrees = async (db: LedgerDb, completed: readonly TreeNode[], { find }: Collector): Promise<void> => {
  for (const node of completed) {
    const level = node.level / levelsOfTile;
    const index = String(node.index);
    const stored = await db
      .selectFrom('ledger.subtree')
      .select('hash')
      .where('level', '=', level)
      .where('index', '=', index)
      .executeTakeFirst();
    if (stored === undefined) find({ kind: 'subtree-missing', level, index });
    else if (sameBytes(stored.hash, node.hash) === 'different') find({ kind: 'subtree-altered', level, index });
  }
};
