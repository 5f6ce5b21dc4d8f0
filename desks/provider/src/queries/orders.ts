import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { sql } from 'kysely';
import { type AgencyTable, type AnswerTable, type OrderTable, type ReleaseTable, tables } from '../schema.js';

export const putAgency = async (tx: Tx, row: AgencyTable): Promise<string> => {
  const { credential_sha256, issued_at } = row;
  const { agency_id } = await tables(tx)
    .insertInto('provider.agency')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ credential_sha256, issued_at }))
    .returning('agency_id')
    .executeTakeFirstOrThrow();
  return agency_id;
};

export const agencyWith = async (db: Db, credential: Buffer): Promise<Pick<AgencyTable, 'agency_id'> | undefined> =>
  await tables(db)
    .selectFrom('provider.agency')
    .select('agency_id')
    .where('credential_sha256', '=', credential)
    .executeTakeFirst();

/** Orders of an agency since a moment; holds the agency's row, so that of two at once both count. */
export const countOrdersSince = async (tx: Tx, agencyId: string, since: UtcInstant): Promise<number> => {
  await tables(tx)
    .selectFrom('provider.agency')
    .select('agency_id')
    .where('agency_id', '=', agencyId)
    .forUpdate()
    .execute();
  const { orders } = await tables(tx)
    .selectFrom('provider.disclosure_order')
    .select((of) => of.fn.countAll<number>().as('orders'))
    .where('agency_id', '=', agencyId)
    .where('received_at', '>', since)
    .executeTakeFirstOrThrow();
  return orders;
};

export interface NewQuestion {
  readonly key: string;
  readonly at_ms: number;
}

/** How many of the questions ask, within `ms` of each other, what an earlier order or another of them asks. */
export const countNearDuplicates = async (tx: Tx, questions: readonly NewQuestion[], ms: number): Promise<number> => {
  const { rows } = await sql<{ readonly near: number }>`
    with asked as (
      select ordinality, key, at_ms
        from unnest(${questions.map(({ key }) => key)}::text[], ${questions.map(({ at_ms }) => at_ms)}::bigint[])
             with ordinality as one (key, at_ms, ordinality)
    )
    select count(*)::int as near from asked
     where exists (select from provider.question before
                    where before.key = asked.key and before.at_ms between asked.at_ms - ${ms} and asked.at_ms + ${ms})
        or exists (select from asked other
                    where other.ordinality < asked.ordinality and other.key = asked.key
                      and other.at_ms between asked.at_ms - ${ms} and asked.at_ms + ${ms})`.execute(tx);
  return rows[0]?.near ?? 0;
};

export const insertOrder = async (
  tx: Tx,
  row: OrderTable,
  questions: readonly NewQuestion[],
  nearDuplicates: number,
): Promise<void> => {
  await tables(tx).insertInto('provider.disclosure_order').values(row).execute();
  const { order_id, received_at } = row;
  for (let at = 0; at < questions.length; at += 1000) {
    const part = questions
      .slice(at, at + 1000)
      .map((question, place) => ({ order_id, ordinal: at + place, ...question }));
    await tables(tx).insertInto('provider.question').values(part).execute();
  }
  if (nearDuplicates === 0) return;
  const alarm = { order_id, near_duplicates: nearDuplicates, raised_at: received_at };
  await tables(tx).insertInto('provider.alarm').values(alarm).execute();
};

export const findSameOrder = async (db: Db | Tx, agencyId: string, sha256: string): Promise<OrderTable | undefined> =>
  await tables(db)
    .selectFrom('provider.disclosure_order')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();

export const findOrder = async (db: Db | Tx, orderId: string): Promise<OrderTable | undefined> =>
  await tables(db)
    .selectFrom('provider.disclosure_order')
    .selectAll()
    .where('order_id', '=', orderId)
    .executeTakeFirst();

export const lockOrder = async (tx: Tx, orderId: string): Promise<OrderTable | undefined> =>
  await tables(tx)
    .selectFrom('provider.disclosure_order')
    .selectAll()
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();

export const settleOrder = async (
  tx: Tx,
  orderId: string,
  settled: { readonly state: 'released' | 'declined'; readonly at: UtcInstant; readonly reason: string | null },
): Promise<void> => {
  await tables(tx)
    .updateTable('provider.disclosure_order')
    .set({ state: settled.state, settled_at: settled.at, reason: settled.reason })
    .where('order_id', '=', orderId)
    .execute();
};

export interface ListedOrder extends Omit<OrderTable, 'document'> {
  readonly agency: string;
  readonly near_duplicates: number | null;
}

const listed = (db: Db) =>
  tables(db)
    .selectFrom('provider.disclosure_order as of')
    .innerJoin('provider.agency as agency', 'agency.agency_id', 'of.agency_id')
    .leftJoin('provider.alarm as alarm', 'alarm.order_id', 'of.order_id')
    .select([
      'of.order_id',
      'of.agency_id',
      'of.sha256',
      'of.reference',
      'of.received_at',
      'of.expires_at',
      'of.state',
      'of.settled_at',
      'of.reason',
      'agency.name as agency',
      'alarm.near_duplicates',
    ]);

/** Newest first. */
export const listOrders = async (db: Db, limit: number): Promise<readonly ListedOrder[]> =>
  await listed(db).orderBy('of.received_at', 'desc').orderBy('of.order_id').limit(limit).execute();

const newestFirst: TableOrder = { columns: ['of.received_at', 'of.order_id'], order: 'desc' };

/** A window on them, of one state or of all. */
export const windowOfOrders = async (
  db: Db,
  state: OrderTable['state'] | undefined,
  stretch: Stretch,
): Promise<readonly ListedOrder[]> => {
  const order = orderOf(newestFirst, stretch);
  let query = listed(db)
    .where(isPast(newestFirst, stretch))
    .orderBy('of.received_at', order)
    .orderBy('of.order_id', order);
  if (state !== undefined) query = query.where('of.state', '=', state);
  return await query.offset(stretch.skip).limit(stretch.limit).execute();
};

export const countOrders = async (db: Db, state: OrderTable['state'] | undefined): Promise<number> => {
  const query = tables(db)
    .selectFrom('provider.disclosure_order')
    .select((of) => of.fn.countAll<number>().as('orders'));
  return (await (state === undefined ? query : query.where('state', '=', state)).executeTakeFirstOrThrow()).orders;
};

/** Who sent an order, and since when that agency has its credential. */
export const senderOf = async (db: Db, agencyId: string): Promise<Pick<AgencyTable, 'name' | 'issued_at'>> =>
  await tables(db)
    .selectFrom('provider.agency')
    .select(['name', 'issued_at'])
    .where('agency_id', '=', agencyId)
    .executeTakeFirstOrThrow();

/** Ids that begin so, two at most: whoever names one by its beginning means one. */
export const ordersBeginning = async (db: Db, beginning: string): Promise<readonly string[]> => {
  const rows = await sql<{ readonly order_id: string }>`
    select order_id from provider.disclosure_order where order_id::text like ${`${beginning}%`} limit 2`.execute(db);
  return rows.rows.map(({ order_id }) => order_id);
};

export const insertPlan = async (tx: Tx, sha256: string, document: string): Promise<void> => {
  const row = { sha256, document };
  await tables(tx)
    .insertInto('provider.plan')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const findPlan = async (db: Db, sha256: string): Promise<string | undefined> => {
  const row = await tables(db)
    .selectFrom('provider.plan')
    .select('document')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row?.document;
};

export const insertAnswers = async (tx: Tx, rows: readonly AnswerTable[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += 500)
    await tables(tx)
      .insertInto('provider.answer')
      .values(rows.slice(at, at + 500))
      .execute();
};

export const findAnswer = async (db: Db, answerId: string): Promise<AnswerTable | undefined> =>
  await tables(db).selectFrom('provider.answer').selectAll().where('answer_id', '=', answerId).executeTakeFirst();

/** Of an order, by place. */
export const listAnswers = async (
  db: Db,
  orderId: string,
): Promise<readonly Pick<AnswerTable, 'answer_id' | 'ordinal' | 'outcome' | 'record_sha256'>[]> =>
  await tables(db)
    .selectFrom('provider.answer')
    .select(['answer_id', 'ordinal', 'outcome', 'record_sha256'])
    .where('order_id', '=', orderId)
    .orderBy('ordinal')
    .execute();

export const insertRelease = async (tx: Tx, row: ReleaseTable): Promise<void> => {
  await tables(tx).insertInto('provider.release').values(row).execute();
};

export const findRelease = async (db: Db | Tx, orderId: string): Promise<ReleaseTable | undefined> =>
  await tables(db).selectFrom('provider.release').selectAll().where('order_id', '=', orderId).executeTakeFirst();
