import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import type { CaseTables } from '../case/schema.js';
import type { InvestigatorTables, ReportId } from '../schema.js';
import type { ObservationRow } from './observation-rows.js';
import type { AddressRange } from './range-files.js';
import type {
  ConfirmationTable,
  LetterAnswerTable,
  ObservationId,
  ObservationImportId,
  ObservationImportTable,
  ObservationTable,
  OrderAnswerTable,
  OrderId,
  OrderTables,
  ProviderOrderTable,
  ProviderTable,
  RangeSourceTable,
} from './schema.js';

const tables = (db: Db | Tx) => db.withTables<OrderTables & CaseTables & InvestigatorTables>();

export const findImport = (
  db: Db | Tx,
  caseRef: string,
  kind: ObservationImportTable['kind'],
  sha256: string,
): Promise<
  | Selectable<Pick<ObservationImportTable, 'imported_at' | 'imported_by' | 'usable' | 'refused' | 'settings'>>
  | undefined
> =>
  tables(db)
    .selectFrom('investigator.observation_import')
    .select(['imported_at', 'imported_by', 'usable', 'refused', 'settings'])
    .where('case_ref', '=', caseRef)
    .where('kind', '=', kind)
    .where('document_sha256', '=', sha256)
    .executeTakeFirst();

/** Rows first: their digest is a column of the import. */
export const insertImport = async (
  tx: Tx,
  source: Omit<Insertable<ObservationImportTable>, 'rows_sha256'>,
  rows: readonly ObservationRow[],
): Promise<void> => {
  for (let from = 0; from < rows.length; from += portion) {
    await tables(tx)
      .insertInto('investigator.observation')
      .values(rows.slice(from, from + portion))
      .execute();
  }
  await tables(tx)
    .insertInto('investigator.observation_import')
    .values({ ...source, rows_sha256: sql<string>`investigator.observation_digest(${source.import_id})` })
    .execute();
};
/** A statement has at most 65,535 parameters. */
const portion = 4000;

/** Of the rows of an import as they are now. */
export const observationDigest = async (db: Db | Tx, importId: ObservationImportId): Promise<string> => {
  const { rows } = await sql<{ digest: string }>`select investigator.observation_digest(${importId}) as digest`.execute(
    db,
  );
  return rows[0]!.digest;
};

/** Addresses of a report of the case; `undefined` where the case has no such report. */
export const listReportAddresses = async (db: Db | Tx, caseRef: string, reportId: ReportId) => {
  const report = await tables(db)
    .selectFrom('investigator.case_report as linked')
    .innerJoin('investigator.report as report', 'report.report_id', 'linked.report_id')
    .select(['document_sha256', 'report_number'])
    .where('linked.case_ref', '=', caseRef)
    .where('linked.report_id', '=', reportId)
    .executeTakeFirst();
  if (report === undefined) return undefined;
  const addresses = await tables(db)
    .selectFrom('investigator.source_capture')
    .select(['ordinal', 'owner', 'value', 'port', 'stated_at'])
    .where('report_id', '=', reportId)
    .where('type', '=', 'IP Address')
    .orderBy('ordinal')
    .execute();
  return { documentSha256: report.document_sha256, number: report.report_number, addresses };
};

export const findObservation = (tx: Tx, caseRef: string, observationId: ObservationId) =>
  tables(tx)
    .selectFrom('investigator.observation as observation')
    .innerJoin('investigator.observation_import as import', 'import.import_id', 'observation.import_id')
    .select(['asked', 'entry', 'imported_by'])
    .where('observation.case_ref', '=', caseRef)
    .where('observation_id', '=', observationId)
    .executeTakeFirst();

/** @returns `undefined` where it is confirmed already */
export const insertConfirmation = (tx: Tx, row: Insertable<ConfirmationTable>) =>
  tables(tx)
    .insertInto('investigator.observation_confirmation')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('observation_id')
    .executeTakeFirst();

export const findRangeSource = async (tx: Tx, sha256: string): Promise<'here' | 'not-here'> => {
  const row = await tables(tx)
    .selectFrom('investigator.range_source')
    .select('source_id')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row === undefined ? 'not-here' : 'here';
};

export const insertRangeSource = async (
  tx: Tx,
  source: Insertable<RangeSourceTable>,
  ranges: readonly AddressRange[],
): Promise<void> => {
  await tables(tx).insertInto('investigator.range_source').values(source).execute();
  await sql`
    insert into investigator.provider_range (source_id, first, last, holder, country)
    select ${source.source_id}, range.* from unnest(
      ${ranges.map(({ first }) => first)}::inet[], ${ranges.map(({ last }) => last)}::inet[],
      ${ranges.map(({ holder }) => holder)}::text[], ${ranges.map(({ country }) => country)}::text[]) as range`.execute(
    tx,
  );
};

export const upsertProvider = async (tx: Tx, provider: Insertable<ProviderTable>): Promise<void> => {
  await tables(tx)
    .insertInto('investigator.provider')
    .values(provider)
    .onConflict((conflict) => conflict.column('provider_id').doUpdateSet(provider))
    .execute();
};

export const findProvider = (db: Db | Tx, providerId: string): Promise<Selectable<ProviderTable> | undefined> =>
  tables(db).selectFrom('investigator.provider').selectAll().where('provider_id', '=', providerId).executeTakeFirst();

export const listProviders = (db: Db): Promise<readonly Selectable<ProviderTable>[]> =>
  tables(db).selectFrom('investigator.provider').selectAll().orderBy('provider_id').execute();

export type UsableObservation = Selectable<
  Pick<
    ObservationTable,
    'observation_id' | 'import_id' | 'place' | 'ip' | 'port' | 'seen_from' | 'seen_to' | 'entry' | 'asked'
  >
> & {
  readonly confirmed: boolean;
  /** Of the narrowest range that covers the address, in any file; `null`: no file knows it. */
  readonly holder: string | null;
  readonly country: string | null;
  /** Files that name a holder for it, and how many holders they name: where they differ, somebody has to look. */
  readonly countries: number;
  readonly provider_id: string | null;
  /** Orders that ask about it and were not turned down. */
  readonly orders: number;
};

/** Ranges that begin nearest below an address. One that begins further off is not found, and the holder not known. */
const rangesLookedAt = 64;

/** What a case may ask about, with whose address each is by the files that were brought. */
export const listUsable = (db: Db | Tx, caseRef: string): Promise<readonly UsableObservation[]> =>
  readUsable(db, caseRef, sql`order by o.import_id, o.place`);

const byPlace: TableOrder = { columns: ['o.import_id', 'o.place'], order: 'asc' };

/** The same, a window of it. */
export const windowOfUsable = (db: Db, caseRef: string, stretch: Stretch): Promise<readonly UsableObservation[]> => {
  const order = sql.raw(orderOf(byPlace, stretch));
  const ordered = sql`order by o.import_id ${order}, o.place ${order} offset ${stretch.skip} limit ${stretch.limit}`;
  return readUsable(db, caseRef, sql`and ${isPast(byPlace, stretch)} ${ordered}`);
};

export const countUsable = async (db: Db, caseRef: string): Promise<number> => {
  const { count } = await tables(db)
    .selectFrom('investigator.observation')
    .select((on) => on.fn.countAll<number>().as('count'))
    .where('case_ref', '=', caseRef)
    .where('state', '=', 'usable')
    .executeTakeFirstOrThrow();
  return count;
};

const readUsable = async (
  db: Db | Tx,
  caseRef: string,
  rest: RawBuilder<unknown>,
): Promise<readonly UsableObservation[]> => {
  const { rows } = await sql<UsableObservation>`
    select observation_id, o.import_id, place, host(ip) as ip, port, seen_from, seen_to, entry, asked,
           exists (select from investigator.observation_confirmation where observation_id = o.observation_id) as confirmed,
           held.holder, held.country, coalesce(held.countries, 0)::int as countries, provider.provider_id,
           (select count(*)::int from investigator.order_observation asked
              join investigator.provider_order on provider_order.order_id = asked.order_id
             where asked.observation_id = o.observation_id and state not in ('declined', 'expired', 'refused')) as orders
      from investigator.observation o
      left join lateral (
        select holder, country, count(country) over () as countries
          from (select distinct on (country) holder, country, first, last
                  from (select * from investigator.provider_range
                         where first <= o.ip order by first desc limit ${rangesLookedAt}) as near
                 where last >= o.ip and family(first) = family(o.ip)
                 order by country, first desc, last) as narrowest
         order by first desc, last limit 1) as held on true
      left join lateral (
        select provider_id from investigator.provider
         where held.holder = any (holders) order by provider_id limit 1) as provider on true
     where o.case_ref = ${caseRef} and o.state = 'usable' ${rest}`.execute(db);
  return rows;
};

export type OrderRow = Selectable<ProviderOrderTable>;

export const insertOrder = async (
  tx: Tx,
  order: Insertable<ProviderOrderTable>,
  observations: readonly ObservationId[],
): Promise<void> => {
  await tables(tx).insertInto('investigator.provider_order').values(order).execute();
  await sql`
    insert into investigator.order_observation (order_id, ordinal, observation_id)
    select ${order.order_id}, place - 1, observation
      from unnest(${observations}::uuid[]) with ordinality as asked (observation, place)`.execute(tx);
};

export const findOrder = (db: Db | Tx, orderId: OrderId): Promise<OrderRow | undefined> =>
  tables(db).selectFrom('investigator.provider_order').selectAll().where('order_id', '=', orderId).executeTakeFirst();

/** Held until the transaction ends. */
export const lockOrder = (tx: Tx, orderId: OrderId): Promise<OrderRow | undefined> =>
  tables(tx)
    .selectFrom('investigator.provider_order')
    .selectAll()
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();

export const changeOrder = async (
  tx: Tx,
  orderId: OrderId,
  change: Partial<Insertable<ProviderOrderTable>>,
): Promise<void> => {
  await tables(tx).updateTable('investigator.provider_order').set(change).where('order_id', '=', orderId).execute();
};

/** Of one case, or of all; the newest first. */
export const listOrders = (db: Db, caseRef: string | undefined): Promise<readonly OrderRow[]> => {
  const query = tables(db).selectFrom('investigator.provider_order').selectAll().orderBy('drafted_at', 'desc');
  return (caseRef === undefined ? query : query.where('case_ref', '=', caseRef)).limit(1000).execute();
};

/** Orders whose next attempt or look is due. */
export const dueOrders = (db: Db, now: UtcInstant): Promise<readonly Pick<OrderRow, 'order_id' | 'attempt'>[]> =>
  tables(db)
    .selectFrom('investigator.provider_order')
    .select(['order_id', 'attempt'])
    .where('state', 'in', ['sending', 'waiting'])
    .where('way', '=', 'exchange')
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(100)
    .execute();

export const listAsked = (db: Db, orderId: OrderId) =>
  tables(db)
    .selectFrom('investigator.order_observation')
    .select(['ordinal', 'observation_id'])
    .where('order_id', '=', orderId)
    .orderBy('ordinal')
    .execute();

export const insertAnswer = async (tx: Tx, answer: Insertable<OrderAnswerTable>): Promise<void> => {
  await tables(tx).insertInto('investigator.order_answer').values(answer).execute();
};

export const findAnswer = (db: Db, orderId: OrderId): Promise<Selectable<OrderAnswerTable> | undefined> =>
  tables(db).selectFrom('investigator.order_answer').selectAll().where('order_id', '=', orderId).executeTakeFirst();

/** In the place of what was typed before and nobody checked. */
export const putLetterAnswer = async (
  tx: Tx,
  answer: Omit<Insertable<LetterAnswerTable>, 'checked_at' | 'checked_by'>,
): Promise<void> => {
  const { order_id: _, ...again } = answer;
  await tables(tx)
    .insertInto('investigator.letter_answer')
    .values({ ...answer, checked_at: null, checked_by: null })
    .onConflict((on) => on.column('order_id').doUpdateSet(again))
    .execute();
};

export const lockLetterAnswer = (tx: Tx, orderId: OrderId): Promise<Selectable<LetterAnswerTable> | undefined> =>
  tables(tx)
    .selectFrom('investigator.letter_answer')
    .selectAll()
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();

export const findLetterAnswer = (db: Db, orderId: OrderId): Promise<Selectable<LetterAnswerTable> | undefined> =>
  tables(db).selectFrom('investigator.letter_answer').selectAll().where('order_id', '=', orderId).executeTakeFirst();

export const markLetterChecked = async (tx: Tx, orderId: OrderId, by: string, at: UtcInstant): Promise<void> => {
  await tables(tx)
    .updateTable('investigator.letter_answer')
    .set({ checked_at: at, checked_by: by })
    .where('order_id', '=', orderId)
    .execute();
};
