import type { Db, Tx } from '@tutela/db';
import { type Insertable, sql } from 'kysely';
import type { ReportRows } from '../import/rows.js';
import type {
  DeliveredFileId,
  DeliveryId,
  DeliveryTable,
  FileTable,
  InvestigatorTables,
  ObjectTable,
  ReportId,
} from '../schema.js';
import { tables } from './tables.js';

/** Imports take turns: each sees all of the one before. Held until the transaction ends. */
export const lockImports = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('tutela.investigator.import', 0))`.execute(tx);
};

export const findDelivery = async (
  db: Db | Tx,
  sha256: string,
): Promise<Pick<DeliveryTable, 'delivery_id' | 'report_id'> | undefined> =>
  await tables(db)
    .selectFrom('investigator.delivery')
    .select(['delivery_id', 'report_id'])
    .where('sha256', '=', sha256)
    .executeTakeFirst();

export const findByDocument = async (db: Db | Tx, documentSha256: string): Promise<ReportId | undefined> => {
  const row = await tables(db)
    .selectFrom('investigator.report')
    .select('report_id')
    .where('document_sha256', '=', documentSha256)
    .executeTakeFirst();
  return row?.report_id;
};

/** In the order of the report. */
export const listFileKeys = async (
  db: Db | Tx,
  reportId: ReportId,
): Promise<readonly Pick<FileTable, 'file_id' | 'ordinal' | 'stated_hash'>[]> =>
  await tables(db)
    .selectFrom('investigator.file')
    .select(['file_id', 'ordinal', 'stated_hash'])
    .where('report_id', '=', reportId)
    .orderBy('ordinal')
    .execute();

export const listObjectKeys = async (
  db: Db | Tx,
  reportId: ReportId,
): Promise<readonly { readonly file_id: DeliveredFileId; readonly ordinal: number; readonly sha256: string }[]> =>
  await tables(db)
    .selectFrom('investigator.object as object')
    .innerJoin('investigator.file as file', 'file.file_id', 'object.file_id')
    .select(['object.file_id', 'file.ordinal', 'object.sha256'])
    .where('file.report_id', '=', reportId)
    .execute();

export const insertReport = async (tx: Tx, { report, persons, files, captures }: ReportRows): Promise<void> => {
  await tables(tx).insertInto('investigator.report').values(report).execute();
  await insertAll(tx, 'investigator.person', persons);
  await insertAll(tx, 'investigator.file', files);
  await insertAll(tx, 'investigator.source_capture', captures);
};

export const insertDelivery = async (
  tx: Tx,
  delivery: Insertable<DeliveryTable>,
  objects: readonly Insertable<ObjectTable>[],
): Promise<DeliveryId> => {
  await tables(tx).insertInto('investigator.delivery').values(delivery).execute();
  await insertAll(tx, 'investigator.object', objects);
  return delivery.delivery_id;
};

/** A statement has at most 65,535 parameters, and no table here more than 11 columns. */
const portion = 5000;

const insertAll = async <Table extends keyof InvestigatorTables>(
  tx: Tx,
  table: Table,
  rows: readonly Insertable<InvestigatorTables[Table]>[],
): Promise<void> => {
  for (let from = 0; from < rows.length; from += portion) {
    await tables(tx)
      .insertInto(table)
      .values(rows.slice(from, from + portion))
      .execute();
  }
};
