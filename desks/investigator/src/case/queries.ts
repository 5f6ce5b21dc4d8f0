import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { InvestigatorTables, ReportId } from '../schema.js';
import type { CaseReportTable, CaseTable, CaseTables, CustodyTable, ExhibitId, ExhibitTable } from './schema.js';

export type CaseRow = Selectable<CaseTable>;
export type ExhibitRow = Selectable<ExhibitTable>;
export type CustodyRow = Selectable<CustodyTable>;

const tables = (db: Db | Tx) => db.withTables<CaseTables & InvestigatorTables>();

export const findCase = (db: Db | Tx, caseRef: string): Promise<CaseRow | undefined> =>
  tables(db).selectFrom('investigator.case').selectAll().where('case_ref', '=', caseRef).executeTakeFirst();

/** Held until the transaction ends: acts on one case take turns. */
export const lockCase = (tx: Tx, caseRef: string): Promise<CaseRow | undefined> =>
  tables(tx)
    .selectFrom('investigator.case')
    .selectAll()
    .where('case_ref', '=', caseRef)
    .forNoKeyUpdate()
    .executeTakeFirst();

/** @returns `undefined` where the case is there already */
export const insertCase = (tx: Tx, row: Insertable<CaseTable>): Promise<CaseRow | undefined> =>
  tables(tx)
    .insertInto('investigator.case')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();

export const setClosed = async (
  tx: Tx,
  caseRef: string,
  closed: Pick<CaseTable, 'closed_at' | 'closed_by' | 'closed_because'>,
): Promise<void> => {
  await tables(tx).updateTable('investigator.case').set(closed).where('case_ref', '=', caseRef).execute();
};

export interface CaseSummary extends CaseRow {
  readonly reports: number;
  readonly exhibits: number;
}

/** The newest first. */
export const listCases = (db: Db, page: { readonly limit: number }): Promise<readonly CaseSummary[]> =>
  tables(db)
    .selectFrom('investigator.case as case')
    .selectAll('case')
    .select([
      sql<number>`(select count(*)::int from investigator.case_report where case_ref = "case".case_ref)`.as('reports'),
      sql<number>`(select count(*)::int from investigator.exhibit where case_ref = "case".case_ref)`.as('exhibits'),
    ])
    .orderBy('opened_at', 'desc')
    .orderBy('case_ref')
    .limit(page.limit)
    .execute();

/** @returns `undefined` where it is linked already */
export const insertCaseReport = async (
  tx: Tx,
  row: Insertable<CaseReportTable>,
): Promise<{ readonly report_id: ReportId } | undefined> =>
  tables(tx)
    .insertInto('investigator.case_report')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('report_id')
    .executeTakeFirst();

export const hasReport = async (tx: Tx, reportId: ReportId): Promise<'here' | 'not-here'> => {
  const row = await tables(tx)
    .selectFrom('investigator.report')
    .select('report_id')
    .where('report_id', '=', reportId)
    .executeTakeFirst();
  return row === undefined ? 'not-here' : 'here';
};

/** The report of that number that was imported last. */
export const findReportByNumber = async (db: Db, number: string): Promise<ReportId | undefined> => {
  const row = await tables(db)
    .selectFrom('investigator.report')
    .select('report_id')
    .where('report_number', '=', number)
    .orderBy('order_in_desk', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.report_id;
};

export const listCaseReports = (db: Db, caseRef: string) =>
  tables(db)
    .selectFrom('investigator.case_report as linked')
    .innerJoin('investigator.report as report', 'report.report_id', 'linked.report_id')
    .select(['linked.report_id', 'report_number', 'esp_name', 'document_sha256', 'linked_at', 'linked_by'])
    .where('linked.case_ref', '=', caseRef)
    .orderBy('linked_at')
    .orderBy('linked.report_id')
    .execute();

export const insertExhibit = (tx: Tx, row: Insertable<ExhibitTable>): Promise<ExhibitRow | undefined> =>
  tables(tx)
    .insertInto('investigator.exhibit')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();

export const findExhibit = (
  db: Db | Tx,
  caseRef: string,
  by: { readonly number: string } | { readonly id: ExhibitId },
): Promise<ExhibitRow | undefined> => {
  const query = tables(db).selectFrom('investigator.exhibit').selectAll().where('case_ref', '=', caseRef);
  return (
    'id' in by ? query.where('exhibit_id', '=', by.id) : query.where('number', '=', by.number)
  ).executeTakeFirst();
};

export const listExhibits = (db: Db, caseRef: string): Promise<readonly ExhibitRow[]> =>
  tables(db).selectFrom('investigator.exhibit').selectAll().where('case_ref', '=', caseRef).orderBy('number').execute();

/** How many events an exhibit has; held until the transaction ends, so that two get different ordinals. */
export const countCustody = async (tx: Tx, exhibitId: ExhibitId): Promise<number> => {
  await sql`select from investigator.exhibit where exhibit_id = ${exhibitId} for no key update`.execute(tx);
  const { count } = await tables(tx)
    .selectFrom('investigator.custody_event')
    .select((on) => on.fn.countAll<number>().as('count'))
    .where('exhibit_id', '=', exhibitId)
    .executeTakeFirstOrThrow();
  return count;
};

export const insertCustody = (tx: Tx, row: Insertable<CustodyTable>): Promise<CustodyRow> =>
  tables(tx).insertInto('investigator.custody_event').values(row).returningAll().executeTakeFirstOrThrow();

/** In the order they were recorded. */
export const listCustody = (db: Db, exhibitId: ExhibitId): Promise<readonly CustodyRow[]> =>
  tables(db)
    .selectFrom('investigator.custody_event')
    .selectAll()
    .where('exhibit_id', '=', exhibitId)
    .orderBy('ordinal')
    .execute();
