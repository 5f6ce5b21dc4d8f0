import { newId, type UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { FeedAddress } from '@tutela/feed';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { FeedId, FeedTable, FeedTables, PulledReportTable, UnreadReportTable } from './schema.js';

const tables = (db: Db | Tx) => db.withTables<FeedTables>();

/** The feed as it is known, or made known now. */
export const obtainFeed = async (
  db: Db,
  { baseUrl: base_url, authority }: Pick<FeedAddress, 'baseUrl' | 'authority'>,
): Promise<Selectable<FeedTable>> => {
  const find = () =>
    tables(db)
      .selectFrom('investigator.feed')
      .selectAll()
      .where('base_url', '=', base_url)
      .where('authority', '=', authority);
  const known = await find().executeTakeFirst();
  if (known !== undefined) return known;
  const never = { position: 0, pulled_at: null, fetched_at: null, turn: 0, failures: 0, fault: null };
  await tables(db)
    .insertInto('investigator.feed')
    .values({ feed_id: newId<FeedId>(), base_url, authority, ...never, fault_message: null })
    .onConflict((conflict) => conflict.columns(['base_url', 'authority']).doNothing())
    .execute();
  return await find().executeTakeFirstOrThrow();
};

/**
 * The feed for one alone, whatever process asks: `undefined` while another has it. It is free again once `act` ends, and
 * when the process dies.
 */
export const holdingFeed = <T>(
  db: Db,
  feedId: FeedId,
  act: (feed: Selectable<FeedTable> | undefined) => Promise<T>,
): Promise<T> =>
  db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`tutela.investigator.feed ${feedId}`}, 0)`;
    const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_lock(${key}) as ours`.execute(connection);
    if (!rows[0]?.ours) return await act(undefined);
    try {
      const held = tables(connection).selectFrom('investigator.feed').selectAll().where('feed_id', '=', feedId);
      return await act(await held.executeTakeFirstOrThrow());
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });

/** How a fetch ended: at its end, or before it and why. */
export const noteFetched = async (
  db: Db,
  { feed_id, turn, failures }: Selectable<FeedTable>,
  ended: { readonly at: UtcInstant; readonly fault?: Pick<FeedTable, 'fault' | 'fault_message'> },
): Promise<void> => {
  const { at, fault } = ended;
  const how = fault === undefined ? { fault: null, fault_message: null, fetched_at: at } : fault;
  const count = fault === undefined ? 0 : failures + 1;
  await tables(db)
    .updateTable('investigator.feed')
    .set({ ...how, failures: count, turn: turn + 1, pulled_at: at })
    .where('feed_id', '=', feed_id)
    .execute();
};

/** A turn whose work ended without a word is given up for the next. `taken`: somebody fetched meanwhile. */
export const giveUpTurn = async (
  db: Db,
  { feed_id, turn }: Pick<Selectable<FeedTable>, 'feed_id' | 'turn'>,
): Promise<'given-up' | 'taken'> => {
  const { numUpdatedRows } = await tables(db)
    .updateTable('investigator.feed')
    .set({ turn: turn + 1 })
    .where('feed_id', '=', feed_id)
    .where('turn', '=', turn)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? 'given-up' : 'taken';
};

/** Never backwards. */
export const movePosition = async (db: Db, feedId: FeedId, position: number): Promise<void> => {
  await tables(db)
    .updateTable('investigator.feed')
    .set({ position })
    .where('feed_id', '=', feedId)
    .where('position', '<', position)
    .execute();
};

/** A clearinghouse that answers at another address is the same feed; why it did not answer at the old one is past. */
export const moveFeed = async (
  db: Db,
  { authority, from, to }: { readonly authority: string; readonly from: string; readonly to: string },
): Promise<void> => {
  await sql`
    update investigator.feed set base_url = ${to}, pulled_at = fetched_at, failures = 0, fault = null, fault_message = null
     where base_url = ${from} and authority = ${authority}
       and not exists (select from investigator.feed where base_url = ${to} and authority = ${authority})`.execute(db);
};

export const pulledOf = (
  db: Db | Tx,
  { feedId, referralId }: WhichReferral,
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

/** In the place of what was told of it before. */
export const noteUnread = async (db: Db, row: UnreadReportTable): Promise<void> => {
  const { message, tried_at } = row;
  await tables(db)
    .insertInto('investigator.unread_report')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['feed_id', 'referral_id', 'report_number']).doUpdateSet({ message, tried_at }),
    )
    .execute();
};

/** It came after all, or is withdrawn; without a number, all of the referral. */
export const forgetUnread = async (
  db: Db | Tx,
  { feedId, referralId, reportNumber }: WhichReferral & { readonly reportNumber?: string },
): Promise<void> => {
  const of = tables(db)
    .deleteFrom('investigator.unread_report')
    .where('feed_id', '=', feedId)
    .where('referral_id', '=', referralId);
  await (reportNumber === undefined ? of : of.where('report_number', '=', reportNumber)).execute();
};

/** The newest first. */
export const listUnread = (db: Db): Promise<readonly Selectable<UnreadReportTable>[]> =>
  tables(db)
    .selectFrom('investigator.unread_report')
    .selectAll()
    .orderBy('tried_at', 'desc')
    .orderBy('report_number')
    .limit(1000)
    .execute();

interface WhichReferral {
  readonly feedId: FeedId;
  readonly referralId: string;
}

export const changePulled = async (
  tx: Tx,
  { feedId, referralId }: WhichReferral,
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
