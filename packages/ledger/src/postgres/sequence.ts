import { type Clock, done, nothing, type Outcome, toHex } from '@tutela/core';
import { type Kysely, sql } from 'kysely';
import { concatenate, sameBytes } from '../bytes.js';
import { signCheckpoint } from '../checkpoint.js';
import type { Signer } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import { nodeHasher } from '../node-crypto.js';
import { append, type Frontier, rootOf, type TreeNode } from '../tree/frontier.js';
import { type Hash, leafHash } from '../tree/hashing.js';
import { frontierAt } from '../tree/proof.js';
import { decodeDraft, type LeafCase, leafEntry } from './leaf-entry.js';
import { type Horizon, type PendingEvent, readPending } from './pending.js';
import { levelsOfTile, readHead, type StoredHead, storedTree } from './stored-tree.js';
import { type LedgerDb, ledgerTables } from './tables.js';

export interface SequenceDeps {
  /** The log's key; its name is the log's origin. */
  readonly signer: Signer;
  readonly clock: Clock;
}

export interface Sequenced {
  /** Events that became leaves. */
  readonly count: number;
  /** Newest head; absent while the ledger is empty. */
  readonly head?: StoredHead;
  /** For the next call. */
  readonly horizon?: Horizon;
  /** `more`: the batch was full, call again at once. */
  readonly left: 'drained' | 'more';
}

/** Arbitrary; whoever sequences the ledger of a database holds the advisory lock of this number. */
const sequencerLock = '7310030812446507057';

const batchSize = 10_000;

/**
 * Gives committed events their places in the log, extends the tree and signs its new head: all in one transaction.
 *
 * A second sequencer finds `nothing` and may try again later. The new head extends the last one or is not signed: the
 * tree is read back and compared with the last checkpoint first, and the checkpoint is stored only while that one is
 * still the last.
 * @param from the horizon of the last call, so that old events need not be looked at again
 * @param seen a head that was there; without it nothing is signed any more
 * @throws LedgerError `head-differs` when the stored tree contradicts its checkpoint, or `seen` is gone
 */
export const sequence = (
  db: Kysely<unknown>,
  deps: SequenceDeps,
  from?: Horizon,
  seen?: StoredHead,
): Promise<Outcome<Sequenced, 'another-sequencer'>> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ ours: boolean }>`
      select pg_try_advisory_xact_lock(${sequencerLock}::bigint) as ours`.execute(tx);
    if (!rows[0]?.ours) return nothing('another-sequencer', 'somebody else is sequencing this ledger');

    const tables = ledgerTables(tx);
    const head = await readHead(tables);
    const frontier = await readFrontier(tables, head);
    // After the head is read: whoever cuts the log in between is found, or comes too late.
    await refuseLostHead(tables, seen);
    const pending = await readPending(tx, from, batchSize);
    const count = pending.events.length;
    const left = count < batchSize ? 'drained' : 'more';
    const horizon = left === 'drained' ? pending.horizon : from;
    const newHead = count === 0 ? head : await extend(tables, deps, frontier, pending.events);
    return done({ count, left, ...(newHead && { head: newHead }), ...(horizon && { horizon }) });
  });

/** A head once seen stays; without it the log could be cut and grown again in another way. */
export const refuseLostHead = async (db: LedgerDb, seen: StoredHead | undefined): Promise<void> => {
  if (seen === undefined) return;
  const row = await db
    .selectFrom('ledger.checkpoint')
    .select('root')
    .where('size', '=', String(seen.size))
    .executeTakeFirst();
  if (row === undefined || sameBytes(row.root, seen.root) === 'different') {
    throw new LedgerError('head-differs', `the checkpoint of ${seen.size} leaves is not stored any more`);
  }
};

const readFrontier = async (db: LedgerDb, head: StoredHead | undefined): Promise<Frontier> => {
  const size = head?.size ?? 0n;
  const last = await db.selectFrom('ledger.leaf').select('index').orderBy('index', 'desc').limit(1).executeTakeFirst();
  const leaves = last === undefined ? 0n : BigInt(last.index) + 1n;
  if (leaves !== size) {
    throw new LedgerError('head-differs', `the last checkpoint has ${size} leaves, the last leaf is number ${leaves}`);
  }
  const frontier = await frontierAt(storedTree(db, nodeHasher), size);
  if (head && sameBytes(rootOf(nodeHasher, frontier), head.root) === 'different') {
    throw new LedgerError('head-differs', `the stored tree of ${size} leaves has not the root of its checkpoint`);
  }
  return frontier;
};

interface NewLeaf {
  readonly index: bigint;
  readonly eventId: string;
  readonly hash: Hash;
  readonly place: LeafCase | undefined;
}

const extend = async (
  db: LedgerDb,
  { signer, clock }: SequenceDeps,
  before: Frontier,
  events: readonly PendingEvent[],
): Promise<StoredHead> => {
  // What is no entry becomes a leaf all the same: the check names it, and it does not hold up the others.
  const caseRefs = events.map(({ entry }) => caseRefOf(entry));
  const lastOfCase = await readLastOfCases(db, new Set(caseRefs.filter((ref) => ref !== undefined)));
  const leaves: NewLeaf[] = [];
  const subtrees: TreeNode[] = [];
  let frontier = before;
  for (const [at, { id, entry }] of events.entries()) {
    const place = nextPlace(lastOfCase, caseRefs[at]);
    const hash = leafHash(nodeHasher, leafEntry(entry, place));
    if (place) lastOfCase.set(place.ref, { seq: place.seq, hash });
    leaves.push({ index: frontier.size, eventId: id, hash, place });
    frontier = append(nodeHasher, frontier, hash, (node) => {
      if (node.level % levelsOfTile === 0) subtrees.push(node);
    });
  }
  const root = rootOf(nodeHasher, frontier);
  const note = await signCheckpoint(nodeHasher, signer, { size: frontier.size, root });
  await insertLeaves(db, leaves);
  await insertSubtrees(db, subtrees);
  await insertCheckpoint(db, before.size, { size: frontier.size, root, note }, clock.now());
  return { size: frontier.size, root, note };
};

const caseRefOf = (entry: string): string | undefined => {
  // Most events belong to no case, and decoding is the dear part.
  if (!entry.includes('"caseRef":')) return undefined;
  const draft = decodeDraft(entry);
  return draft.kind === 'done' ? draft.value.caseRef : undefined;
};

interface LastOfCase {
  readonly seq: number;
  readonly hash: Hash;
}

const nextPlace = (last: ReadonlyMap<string, LastOfCase>, ref: string | undefined): LeafCase | undefined => {
  if (ref === undefined) return undefined;
  const previous = last.get(ref);
  return previous === undefined ? { ref, seq: 1 } : { ref, seq: previous.seq + 1, prev: previous.hash };
};

const readLastOfCases = async (db: LedgerDb, refs: ReadonlySet<string>): Promise<Map<string, LastOfCase>> => {
  if (refs.size === 0) return new Map();
  const rows = await db
    .selectFrom('ledger.leaf')
    .distinctOn('case_ref')
    .select(['case_ref', 'case_seq', 'hash'])
    .where('case_ref', 'in', [...refs])
    .orderBy('case_ref')
    .orderBy('case_seq', 'desc')
    .execute();
  return new Map(rows.map(({ case_ref, case_seq, hash }) => [String(case_ref), { seq: Number(case_seq), hash }]));
};

/** Thousands of leaves with an index after the other: the hashes go as one value, and places of cases only where they are. */
const insertLeaves = async (db: LedgerDb, leaves: readonly NewLeaf[]): Promise<void> => {
  const inCases = leaves.flatMap(({ place }, at) => (place === undefined ? [] : [{ ...place, ord: at + 1 }]));
  await sql`
    insert into ledger.leaf (index, event_id, hash, case_ref, case_seq, case_prev)
    select ${String(leaves[0]?.index ?? 0n)}::bigint + ord - 1, event_id,
           substring(${concatenate(...leaves.map(({ hash }) => hash))}::bytea from (ord::int - 1) * 32 + 1 for 32),
           place.ref, place.seq, decode(place.prev, 'hex')
      from unnest(${`{${leaves.map(({ eventId }) => eventId).join()}}`}::uuid[]) with ordinality as given(event_id, ord)
      left join unnest(
        ${inCases.map(({ ord }) => ord)}::bigint[], ${inCases.map(({ ref }) => ref)}::text[],
        ${inCases.map(({ seq }) => seq)}::bigint[], ${inCases.map(({ prev }) => (prev ? toHex(prev) : null))}::text[]
      ) as place(ord, ref, seq, prev) using (ord)
     order by ord`.execute(db);
};

const insertSubtrees = async (db: LedgerDb, subtrees: readonly TreeNode[]): Promise<void> => {
  if (subtrees.length === 0) return;
  await db
    .insertInto('ledger.subtree')
    .values(subtrees.map(({ level, index, hash }) => ({ level: level / levelsOfTile, index: String(index), hash })))
    .execute();
};

const insertCheckpoint = async (db: LedgerDb, lastSize: bigint, head: StoredHead, at: string): Promise<void> => {
  const { numAffectedRows } = await sql`
    insert into ledger.checkpoint (size, root, note, at)
    select ${String(head.size)}::bigint, decode(${toHex(head.root)}, 'hex'), ${head.note}, ${at}::timestamptz
     where (select coalesce(max(size), 0) from ledger.checkpoint) = ${String(lastSize)}::bigint`.execute(db);
  if (numAffectedRows !== 1n) throw new LedgerError('head-differs', 'another head was stored in the meantime');
};
