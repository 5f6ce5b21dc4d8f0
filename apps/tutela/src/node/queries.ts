import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { LedgerTables } from '@tutela/ledger/postgres';
import { sql } from 'kysely';

export interface LedgerHead {
  /** Leaves. */
  readonly size: string;
  readonly root: Uint8Array;
  /** Signed (C2SP tlog-checkpoint). */
  readonly note: string;
  readonly at: UtcInstant;
}

/** The newest signed head; `undefined` while the ledger is empty. */
export const newestHead = async (db: Db): Promise<LedgerHead | undefined> => {
  const row = await db
    .withTables<LedgerTables>()
    .selectFrom('ledger.checkpoint')
    .select(['root', 'note', 'at', sql<string>`size::text`.as('size')])
    .orderBy('ledger.checkpoint.size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, at: row.at as UtcInstant };
};

const newest = 1000;

/** Events not yet in the log, among the newest thousand: whether the sequencer keeps up, without reading the ledger. */
export const countPending = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ pending: number }>`
    select count(*)::int as pending
      from (select id from ledger.event order by txid desc limit ${newest}) as event
     where not exists (select from ledger.leaf where leaf.event_id = event.id)`.execute(db);
  return rows[0]?.pending ?? 0;
};

export interface TellingEvent {
  readonly id: string;
  readonly txid: string;
  readonly type: string;
  readonly subjects: readonly string[];
  readonly caseRef: string | null;
}

const mostAtOnce = 2000;

/**
 * Events of transactions from `from` on, the newest of them where there are very many, and the horizon below which every
 * transaction has ended: the next `from`. Without one, those of transactions that had not ended.
 */
export const eventsFrom = async (
  db: Db,
  from: string | undefined,
): Promise<{ readonly horizon: string; readonly events: readonly TellingEvent[] }> => {
  const { rows } = await sql<{ horizon: string; events: readonly TellingEvent[] }>`
    select horizon::text, coalesce((
             select jsonb_agg(jsonb_build_object('id', id, 'txid', txid::text, 'type', said ->> 'type',
                                                 'subjects', said -> 'subjects', 'caseRef', said ->> 'caseRef') order by seq)
               from (select id, txid, seq, entry::jsonb as said from ledger.event
                      where txid >= coalesce(${from ?? null}::text::xid8, horizon)
                      order by txid desc limit ${mostAtOnce}) as event), '[]') as events
      from pg_snapshot_xmin(pg_current_snapshot()) as horizon`.execute(db);
  return rows[0] as { readonly horizon: string; readonly events: readonly TellingEvent[] };
};
