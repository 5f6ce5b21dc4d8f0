import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { FeedId, FeedTable, FeedTables, PulledReportTable } from './schema.js';

const tables = (db: Db | Tx) => db.withTables<FeedTables>();

/** The feed as it is known, or made known now. */
export const obtainFeed = async (
  tx: Tx,
  feed: Pick<FeedTable, 'feed_id' | 'base_url' | 'authority' | 'pulled_at'>,
): Promise<Selectable<FeedTable>> =>
  await tables(tx)
    .insertInto('investigator.feed')
    .values({ ...feed, position: 0 })
    .onConflict((conflict) => conflict.columns(['base_url', 'authority']).doUpdateSet({ pulled_at: feed.pulled_at }))
    .returningAll()
    .executeTakeFirstOrThrow();

/** Never backwards, since two may pull at once. */
export const movePosition = async (db: Db, feedId: FeedId, position: number): Promise<void> => {
  await tables(db)
    .updateTable('investigator.feed')
    .set({ position })
    .where('feed_id', '=', feedId)
    .where('position', '<', position)
    .execute();
};

/** A clearinghouse that answers at another address is the same feed. */
export const moveFeed = async (
  db: Db,
  { authority, from, to }: { readonly authority: string; readonly from: string; readonly to: string },
): Promise<void> => {
  await sql`
    update investigator.feed set base_url = ${to}
     where base_url = ${from} and authority = ${authority}
       and not exists (select from investigator.feed where base_url = ${to} and authority = ${authority})`.execute(db);
};

export const pulledOf = (
  db: Db | Tx,
  { feedId, referralId }: { readonly feedId: FeedId; readonly referralId: string },
): Promise<readonly Selectable<PulledReportTable>[]> =>
  tables(db)
    .selectFrom('investigator.pulled_report')
    .selectAll()
    .where('feed_id', '=', feedId)
    .where('referral_id', '=', referralId)
    .orderBy('report_number')
    .execute();

export const insertPulled = async (tx: Tx, row: PulledReportTable): Promise<'inserted' | 'there'> => {
  const inserted = await tables(tx)
    .insertInto('investigator.pulled_report')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('report_number')
    .executeTakeFirst();
  return inserted === undefined ? 'there' : 'inserted';
};

export const changePulled = async (
  tx: Tx,
  { feedId, referralId }: { readonly feedId: FeedId; readonly referralId: string },
  change: Partial<{
    label: PulledReportTable['label'];
    lane: PulledReportTable['lane'];
    withdrawn_at: UtcInstant | null;
  }>,
): Promise<void> => {
  await tables(tx)
    .updateTable('investigator.pulled_report')
    .set(change)
    .where('feed_id', '=', feedId)
    .where('referral_id', '=', referralId)
    .execute();
};

export const listFeeds = (db: Db): Promise<readonly Selectable<FeedTable>[]> =>
  tables(db).selectFrom('investigator.feed').selectAll().orderBy('base_url').orderBy('authority').execute();

/** A report as a clearinghouse referred it. */
export interface ReferredReport extends Omit<Selectable<PulledReportTable>, 'feed_id'> {
  readonly feed_id: FeedId;
  readonly base_url: string;
  readonly authority: string;
  readonly esp_name: string | null;
  readonly incident_type: string | null;
  readonly received_at: UtcInstant | null;
  readonly document_sha256: string;
  /** Cases that it is linked to. */
  readonly cases: readonly string[];
}

export interface ReferredFilter {
  /** `waiting`: it stands, and no case has it. */
  readonly state?: 'waiting' | 'in-a-case' | 'withdrawn';
  readonly report?: string;
}

const linked = sql`exists (select from investigator.case_report linked where linked.report_id = pulled.report_id)`;
const states: Readonly<Record<NonNullable<ReferredFilter['state']>, RawBuilder<unknown>>> = {
  waiting: sql`pulled.withdrawn_at is null and not ${linked}`,
  'in-a-case': linked,
  withdrawn: sql`pulled.withdrawn_at is not null`,
};

const found = ({ state, report }: ReferredFilter): RawBuilder<unknown> => sql`
  investigator.pulled_report pulled
  join investigator.feed feed on feed.feed_id = pulled.feed_id
  join investigator.report report on report.report_id = pulled.report_id
  where ${state === undefined ? sql`true` : states[state]}
    and (${report ?? null}::uuid is null or pulled.report_id = ${report ?? null}::uuid)`;

/** As they are worked through: crises, children, the rest by their names; in each the one that waits longest first. */
const byUrgency: TableOrder = {
  columns: ['pulled.lane', 'pulled.pulled_at', 'pulled.feed_id', 'pulled.referral_id', 'pulled.report_number'],
  order: 'asc',
};

export const windowOfReferred = async (
  db: Db,
  filter: ReferredFilter,
  stretch: Stretch,
): Promise<readonly ReferredReport[]> => {
  const order = orderOf(byUrgency, stretch);
  const by = sql.raw(byUrgency.columns.map((column) => `${column} ${order}`).join(', '));
  const { rows } = await sql<ReferredReport>`
    select pulled.*, feed.base_url, feed.authority, report.esp_name, report.incident_type, report.received_at,
           report.document_sha256,
           array(select case_ref from investigator.case_report linked where linked.report_id = pulled.report_id
                  order by linked_at, case_ref) as cases
      from ${found(filter)} and ${isPast(byUrgency, stretch)}
     order by ${by} offset ${stretch.skip} limit ${stretch.limit}`.execute(db);
  return rows;
};

export const countReferred = async (db: Db, filter: ReferredFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${found(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};
