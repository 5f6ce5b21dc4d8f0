import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { ListTables, ProbeKind } from '../schema.js';
import { listTables } from './tables.js';

export interface Probe {
  readonly list: string;
  /** `member/12`, or `outside`. */
  readonly source: string;
  readonly kind: ProbeKind;
}

/** The list's name, or `-` for one that no list has: whoever asks for invented names must not fill the table. */
export const listNamed = async (tx: Tx, list: string): Promise<string> => {
  const { rows } = await sql<{ readonly name: string }>`
    select coalesce((select list_id from clearinghouse.list where list_id = ${list}), '-') as name`.execute(tx);
  return rows[0]?.name ?? '-';
};

/** Counts a probe of this hour. Gives how many there were. */
export const countProbe = async (tx: Tx, { list, source, kind }: Probe, now: UtcInstant): Promise<number> => {
  const { rows } = await sql<{ readonly count: number }>`
    insert into clearinghouse.list_probe as probe (list_id, source, kind, hour, count)
    values (${list}, ${source}, ${kind}, date_trunc('hour', ${now}::timestamptz), 1)
        on conflict (list_id, source, kind, hour) do update set count = probe.count + 1
    returning count`.execute(tx);
  return rows[0]?.count ?? 0;
};

/** Counts of hours gone by are of no use any more. */
export const dropOldProbes = async (db: Db, before: UtcInstant): Promise<void> => {
  await sql`delete from clearinghouse.list_probe where hour < ${before}`.execute(db);
};

export type AlertRow = ListTables['clearinghouse.list_alert'];

export const raiseAlert = async (
  tx: Tx,
  { list, source, kind }: Probe,
  count: number,
  now: UtcInstant,
): Promise<void> => {
  await sql`
    insert into clearinghouse.list_alert (list_id, source, kind, hour, count, raised_at)
    values (${list}, ${source}, ${kind}, date_trunc('hour', ${now}::timestamptz), ${count}, ${now})
        on conflict (list_id, source, kind, hour) do update set count = excluded.count`.execute(tx);
};

/** Newest first. */
export const recentAlerts = async (db: Db, limit: number): Promise<readonly AlertRow[]> =>
  await listTables(db)
    .selectFrom('clearinghouse.list_alert')
    .selectAll()
    .orderBy('raised_at', 'desc')
    .limit(limit)
    .execute();
