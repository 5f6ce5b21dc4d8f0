import { groupBy } from '@tutela/core';
import { sql } from 'kysely';
import { digestRows, type VouchedEffect } from '../effect.js';
import type { OpeningRow } from '../sealed-opening.js';
import type { LedgerDb } from '../tables.js';
import type { Collector } from './collector.js';
import { readVouched, withDraft } from './event-rows.js';
import type { Openings } from './openings.js';

/** A table whose rows exist only through events: one that no effect names is a finding. */
export interface CoveredTable {
  /** `schema.table` */
  readonly table: string;
  /** Columns of the key, as in the effects on it. */
  readonly key: readonly string[];
}

interface NewestEffect {
  readonly row_key: string;
  readonly event_id: string;
  readonly ord: number;
}

const pageSize = 4000;
/** A payload may vouch for thousands of rows. */
const payloadsAtOnce = 100;

/** Compares each row that an effect names with the newest effect on it: its place in the log decides what is newest. */
export const checkVouchedRows = async (db: LedgerDb, openings: Openings, collector: Collector): Promise<void> => {
  const tables = await sql<{ table_name: string }>`select distinct table_name from ledger.effect order by 1`.execute(
    db,
  );
  for (const { table_name: table } of tables.rows) {
    const columns = await columnsOf(db, table);
    if (columns.size === 0) {
      collector.find({ kind: 'table-missing', table });
      continue;
    }
    const gone = new Set<string>();
    for (let after = ''; ; ) {
      const newest = await readNewest(db, table, after);
      const effects = await effectsOf(db, openings, newest);
      await compare(db, table, columns, gone, newest, effects, collector);
      after = newest.at(-1)?.row_key ?? after;
      if (newest.length < pageSize) break;
    }
    for (const column of gone) collector.find({ kind: 'column-missing', table, column });
  }
};

const columnsOf = async (db: LedgerDb, table: string): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ attname: string }>`
    select attname from pg_attribute
     where attrelid = (select case when ${table} ~ '^[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*$' then to_regclass(${table}) end)
       and attnum > 0 and not attisdropped`.execute(db);
  return new Set(rows.map(({ attname }) => attname));
};

const readNewest = async (db: LedgerDb, table: string, after: string): Promise<readonly NewestEffect[]> => {
  const { rows } = await sql<NewestEffect>`
    with page as (
      select distinct row_key from ledger.effect where table_name = ${table} and row_key > ${after}
       order by row_key limit ${pageSize}
    )
    select page.row_key, newest.event_id, newest.ord
      from page
      cross join lateral (
        select effect.event_id, effect.ord from ledger.effect
          left join ledger.event on event.id = effect.event_id
          left join ledger.leaf on leaf.event_id = effect.event_id
         where effect.table_name = ${table} and effect.row_key = page.row_key
         order by leaf.index desc nulls first, event.seq desc nulls last, effect.ord desc
         limit 1
      ) as newest
     order by page.row_key`.execute(db);
  return rows;
};

/** What the payloads say, in the order of `newest`: each payload is read once, however many of its effects are asked for. */
const effectsOf = async (
  db: LedgerDb,
  openings: Openings,
  newest: readonly NewestEffect[],
): Promise<readonly (VouchedEffect | undefined)[]> => {
  const effects: (VouchedEffect | undefined)[] = newest.map(() => undefined);
  const placesOf = groupBy(newest.keys(), (at) => (newest[at] as NewestEffect).event_id);
  const ids = [...placesOf.keys()];
  for (let at = 0; at < ids.length; at += payloadsAtOnce) {
    const some = ids.slice(at, at + payloadsAtOnce);
    const { rows } = await sql<OpeningRow & { entry: string | null }>`
      select opening.*, event.entry from ledger.opening left join ledger.event on event.id = opening.event_id
       where opening.event_id = any(${some}::uuid[])`.execute(db);
    for (const row of rows) {
      const opening = await openings.openAgain(row, withDraft(row).draft);
      const said = opening.kind === 'open' ? readVouched(opening.payload) : [];
      for (const place of placesOf.get(row.event_id) ?? []) effects[place] = said[(newest[place] as NewestEffect).ord];
    }
  }
  return effects;
};

const compare = async (
  db: LedgerDb,
  table: string,
  columns: ReadonlySet<string>,
  gone: Set<string>,
  newest: readonly NewestEffect[],
  effects: readonly (VouchedEffect | undefined)[],
  { find, count }: Collector,
): Promise<void> => {
  const vouched = newest.flatMap(({ event_id: eventId, row_key: key }, at) => {
    // Without a payload there is nothing to compare with; that finding stands already.
    const effect = effects[at];
    return effect?.table === table && effect.key === key ? [{ eventId, effect }] : [];
  });
  for (const group of groupBy(vouched, ({ effect }) => shapeOf(effect)).values()) {
    const wanted = columnsVouched(group[0]?.effect as VouchedEffect);
    const missing = wanted.filter((column) => !columns.has(column));
    for (const column of missing) gone.add(column);
    if (missing.length > 0) continue;
    const keys = `[${group.map(({ effect }) => effect.key).join(',')}]`;
    const keyColumns = Object.keys(JSON.parse(group[0]?.effect.key ?? '{}'));
    const digests = await readable(db, async () => {
      const [found = []] = await digestRows(db, [{ table, keyColumns, keys, columns: wanted }]);
      return found;
    });
    if ('why' in digests) {
      find({ kind: 'table-unreadable', table, why: digests.why });
      continue;
    }
    count('rowsCompared', group.length);
    for (const [at, { eventId, effect }] of group.entries()) {
      const kind = faultOf(effect, digests[at]?.digest ?? null);
      if (kind !== 'none') find({ kind, table, key: effect.key, eventId });
    }
  }
};

/** A statement that fails must not end the transaction of the check. */
const readable = async <T extends object>(
  db: LedgerDb,
  read: () => Promise<T>,
): Promise<T | { readonly why: string }> => {
  await sql`savepoint reading`.execute(db);
  try {
    return await read();
  } catch (error) {
    await sql`rollback to savepoint reading`.execute(db);
    return { why: (error as Error).message };
  }
};

const columnsVouched = (effect: VouchedEffect): readonly string[] => (effect.kind === 'written' ? effect.columns : []);

const shapeOf = (effect: VouchedEffect): string =>
  JSON.stringify([Object.keys(JSON.parse(effect.key) as object), effect.kind, columnsVouched(effect)]);

const faultOf = (
  effect: VouchedEffect,
  found: string | null,
): 'none' | 'row-altered' | 'row-missing' | 'row-doubled' | 'row-returned' => {
  if (effect.kind === 'gone') return found === null ? 'none' : 'row-returned';
  if (found === null) return 'row-missing';
  if (found === 'several') return 'row-doubled';
  return found === effect.digest ? 'none' : 'row-altered';
};

/** @param atMost rows named for each table */
export const checkCoverage = async (
  db: LedgerDb,
  covered: readonly CoveredTable[],
  atMost: number,
  { find }: Collector,
): Promise<void> => {
  for (const { table, key } of covered) {
    const columns = await columnsOf(db, table);
    if (columns.size === 0) {
      find({ kind: 'table-missing', table });
      continue;
    }
    const { rows } = await sql<{ row_key: string }>`
      select row_key from ledger.unvouched_rows(${table}, ${key}::text[], ${atMost})`.execute(db);
    for (const { row_key } of rows) find({ kind: 'row-without-event', table, key: row_key });
  }
};
