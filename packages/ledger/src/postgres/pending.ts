import { type Kysely, sql } from 'kysely';
import type { EventId } from './event-id.js';

/**
 * From where to look for events without a leaf. Every event of a transaction older than `transaction` is in the log,
 * and none can appear there any more.
 *
 * Commit order is neither the order of `seq` nor that of transaction identifiers, so a simple "after the last one" would
 * lose the event of a slow transaction (`sequence.test.ts`).
 */
export interface Horizon {
  /** xid8 as decimal text. */
  readonly transaction: string;
  /**
   * Events up to this `seq` were restored from another cluster, whose transaction identifiers mean nothing here; they
   * were looked at once.
   */
  readonly restored: string;
}

export interface PendingEvent {
  readonly id: EventId;
  readonly entry: string;
}

export interface PendingEvents {
  readonly events: readonly PendingEvent[];
  /** Holds once the events are in the log and none was left behind for the next batch. */
  readonly horizon: Horizon;
}

/** Committed events that have no leaf yet, in the order of writing, at most `limit`. */
export const readPending = async (
  db: Kysely<unknown>,
  from: Horizon | undefined,
  limit: number,
): Promise<PendingEvents> => {
  const unseen = from
    ? sql`event.seq > ${from.restored}::bigint and event.txid >= ${from.transaction}::text::xid8`
    : sql`true`;
  // One statement, so that the snapshot that is read is the one whose horizon is kept.
  const { rows } = await sql<{ transaction: string; restored: string; id: EventId | null; entry: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as transaction, restored.seq::text as restored,
           pending.id, pending.entry
      from (select ${from ? sql`${from.restored}::bigint` : restoredUpTo} as seq) as restored
      left join lateral (
        select id, entry, seq from ledger.event
         where ${unseen} and ${from ? withoutLeafOneByOne : withoutLeaf}
         order by seq limit ${limit}
      ) as pending on true
     order by pending.seq`.execute(db);
  const { transaction, restored } = rows[0] as (typeof rows)[number];
  const events = rows.flatMap(({ id, entry }) => (id === null ? [] : [{ id, entry }]));
  return { events, horizon: { transaction, restored } };
};

const withoutLeaf = sql`not exists (select from ledger.leaf where leaf.event_id = event.id)`;
/**
 * The same, looked up for each event: few are new, and the planner, who takes a third of all for new, would read the
 * whole log at every turn. A subquery with a limit is not turned into a join.
 */
const withoutLeafOneByOne = sql`(select true from ledger.leaf where leaf.event_id = event.id limit 1) is null`;

const restoredUpTo = sql`
  (select coalesce(max(seq), 0) from ledger.event where txid >= pg_snapshot_xmax(pg_current_snapshot()))`;
