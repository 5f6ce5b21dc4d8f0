import type { UtcInstant } from '@tutela/core';
import type { FileDetails, FileId, ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { ClearinghouseTables, ReportTable } from '../schema.js';

export interface OpeningRow {
  readonly opening_id: string;
  readonly file_id: FileId;
  readonly basis: 'consent' | 'warrant' | 'exigency';
  readonly reference: string | null;
  readonly statement: string;
  readonly recorded_by: string;
  readonly recorded_at: UtcInstant;
  readonly approved_by: readonly string[];
  readonly digest: string | null;
}

type OpeningTables = ClearinghouseTables & { readonly 'clearinghouse.file_opening': OpeningRow };
const tables = (db: Db | Tx) => db.withTables<OpeningTables>();

export const insertOpening = async (tx: Tx, row: OpeningRow): Promise<void> => {
  await tables(tx).insertInto('clearinghouse.file_opening').values(row).execute();
};

export const listOpenings = (db: Db | Tx, fileId: FileId): Promise<readonly OpeningRow[]> =>
  tables(db)
    .selectFrom('clearinghouse.file_opening')
    .selectAll()
    .where('file_id', '=', fileId)
    .orderBy('recorded_at')
    .execute();

export interface ReceivedFile {
  readonly file_id: FileId;
  readonly sha256: string;
  readonly size: number;
  readonly state: ReportTable['state'];
  readonly details: FileDetails | null;
}

/** A file of a report, if the report has it. */
export const findFile = (db: Db | Tx, number: ReportNumber, fileId: FileId): Promise<ReceivedFile | undefined> =>
  tables(db)
    .selectFrom('clearinghouse.file as file')
    .innerJoin('clearinghouse.report as report', 'report.report_number', 'file.report_number')
    .leftJoin('clearinghouse.file_details as details', 'details.file_id', 'file.file_id')
    .select(['file.file_id', 'file.sha256', 'file.size', 'report.state', 'details.content as details'])
    .where('file.file_id', '=', fileId)
    .where(sql<boolean>`file.report_number = ${number}::bigint`)
    .executeTakeFirst();
