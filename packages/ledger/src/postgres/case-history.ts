import { done, type Outcome, refused } from '@tutela/core';
import { type Kysely, sql } from 'kysely';
import type { Opening } from '../commitment.js';
import { decodeEntry, type Entry } from '../entry.js';
import { LedgerError } from '../ledger-error.js';
import { nodeHasher } from '../node-crypto.js';
import { completingNodes, type NodePlace } from '../tree/completing-nodes.js';
import type { TreeNode } from '../tree/frontier.js';
import { type LeafCase, leafEntry } from './leaf-entry.js';
import { caseOf } from './prove-event.js';
import { openingOf, type Unseal } from './sealed-opening.js';
import { readPerfectSubtrees } from './stored-tree.js';
import { type LedgerDb, type LedgerTables, ledgerTables } from './tables.js';

/** Which part of a case's history, and the tree it is proven in. */
export interface CaseHistoryRequest {
  readonly caseRef: string;
  /** The last event that is told: its place in the case. */
  readonly throughCaseSeq: number;
  /** Leaves of the tree: the size of a stored checkpoint. */
  readonly size: bigint;
  /** Opens what is sealed under the key of the case; without it those events have no opening. */
  readonly unseal?: Unseal;
}

/** One event of a case as the log has it. */
export interface CaseEvent {
  readonly index: bigint;
  readonly entry: Entry;
  /** Absent once it was destroyed. Its payload is what was committed to: `{"effects": […], "payload": {…}}`. */
  readonly opening?: Opening;
}

/** Both may be gone through once each, in any order; memory is that of one page and eight bytes an event. */
export interface CaseHistory {
  /** In the order of the case: caseSeq 1, 2, 3, … */
  readonly events: () => AsyncGenerator<CaseEvent>;
  /** What besides the events' leaves gives the root of the tree (`completingNodes`), by level, then index. */
  readonly nodes: () => AsyncGenerator<TreeNode>;
  /** The stored checkpoint of that size, verbatim. */
  readonly checkpoint: string;
}

const eventsAtOnce = 1000;
const rowsAtOnce = 20_000;

/**
 * A case's events and what proves that they are all of them, for a package that is checked elsewhere. The ledger only
 * grows, so that what is read over several statements fits together.
 * @throws LedgerError `head-differs` while reading, when rows that the checkpoint vouches for are not there
 */
export const readCaseHistory = async (
  db: Kysely<unknown>,
  { caseRef, throughCaseSeq, size, unseal }: CaseHistoryRequest,
): Promise<Outcome<CaseHistory, 'no-such-checkpoint' | 'not-covered'>> => {
  const tables = ledgerTables(db);
  const head = await tables
    .selectFrom('ledger.checkpoint')
    .select('note')
    .where('size', '=', String(size))
    .executeTakeFirst();
  if (head === undefined) return refused('no-such-checkpoint', `no checkpoint of ${size} leaves is stored`);
  const last = await tables
    .selectFrom('ledger.leaf')
    .select('index')
    .where('case_ref', '=', caseRef)
    .where('case_seq', '=', String(throughCaseSeq))
    .executeTakeFirst();
  if (last === undefined || BigInt(last.index) >= size) {
    return refused('not-covered', `the tree of ${size} leaves has no event ${throughCaseSeq} of this case`);
  }
  return done({
    events: () => readEvents(tables, caseRef, throughCaseSeq, unseal),
    nodes: () => readNodes(tables, { caseRef, throughCaseSeq, size }),
    checkpoint: head.note,
  });
};

type EventRow = LedgerTables['ledger.leaf'] & {
  readonly entry: string | null;
  readonly key: Uint8Array | null;
  readonly payload: string | null;
  readonly sealed: Uint8Array | null;
};

async function* readEvents(
  db: LedgerDb,
  caseRef: string,
  through: number,
  unseal: Unseal | undefined,
): AsyncGenerator<CaseEvent> {
  for (let after = 0; after < through; ) {
    const { rows } = await sql<EventRow>`
      select leaf.*, event.entry, opening.key, opening.payload, opening.sealed
        from (select * from ledger.leaf
               where case_ref = ${caseRef} and case_seq > ${after} and case_seq <= ${through}
               order by case_seq limit ${eventsAtOnce}) as leaf
        left join ledger.event on event.id = leaf.event_id
        left join ledger.opening on opening.event_id = leaf.event_id
       order by leaf.case_seq`.execute(db);
    if (rows.length === 0) throw gapAfter(caseRef, after);
    for (const row of rows) {
      after += 1;
      if (Number(row.case_seq) !== after) throw gapAfter(caseRef, after - 1);
      yield await eventOf(row, unseal);
    }
  }
}

const gapAfter = (caseRef: string, seq: number): LedgerError =>
  new LedgerError('head-differs', `event ${seq + 1} of case ${caseRef} is not stored`);

const eventOf = async (row: EventRow, unseal: Unseal | undefined): Promise<CaseEvent> => {
  const entry = decodeEntry(leafEntry(row.entry ?? '', caseOf(row) as LeafCase));
  if (entry.kind !== 'done') throw new LedgerError('head-differs', `leaf ${row.index}: ${entry.reason.message}`);
  const opening = await openingOf(row, row.case_ref ?? undefined, unseal);
  return {
    index: BigInt(row.index),
    entry: entry.value,
    ...(opening && { opening }),
  };
};

async function* readNodes(db: LedgerDb, request: CaseHistoryRequest): AsyncGenerator<TreeNode> {
  let batch: NodePlace[] = [];
  for (const place of completingNodes(await readIndices(db, request), request.size)) {
    if (batch.length > 0 && (batch[0]?.level !== place.level || batch.length * 2 ** (place.level % 8) >= rowsAtOnce)) {
      yield* await readPerfectSubtrees(db, nodeHasher, batch);
      batch = [];
    }
    batch.push(place);
  }
  if (batch.length > 0) yield* await readPerfectSubtrees(db, nodeHasher, batch);
}

const readIndices = async (db: LedgerDb, { caseRef, throughCaseSeq }: CaseHistoryRequest): Promise<BigUint64Array> => {
  const indices = new BigUint64Array(throughCaseSeq);
  for (let after = 0; after < throughCaseSeq; ) {
    const { rows } = await sql<{ index: string }>`
      select index from ledger.leaf
       where case_ref = ${caseRef} and case_seq > ${after} and case_seq <= ${throughCaseSeq}
       order by case_seq limit ${rowsAtOnce}`.execute(db);
    if (rows.length === 0) throw gapAfter(caseRef, after);
    for (const { index } of rows) indices[after++] = BigInt(index);
  }
  return indices;
};
