import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { type Selectable, sql } from 'kysely';
import type {
  DeliveredFileId,
  DeliveryTable,
  FileContent,
  ObjectTable,
  PersonTable,
  ReportContent,
  ReportId,
  SourceCaptureTable,
} from '../schema.js';
import { tables } from './tables.js';

export interface ReportSummary {
  readonly report_id: ReportId;
  readonly order_in_desk: number;
  readonly report_number: string;
  readonly esp_name: string | null;
  readonly incident_type: string | null;
  readonly received_at: UtcInstant | null;
  readonly incident_at: UtcInstant | null;
  readonly imported_at: UtcInstant;
  readonly document_sha256: string;
  readonly persons: number;
  readonly files: number;
}

const summaries = (db: Db) =>
  tables(db)
    .selectFrom('investigator.report as report')
    .select([
      'report.report_id',
      'order_in_desk',
      'report_number',
      'esp_name',
      'incident_type',
      'received_at',
      'incident_at',
      'imported_at',
      'document_sha256',
      sql<number>`(select count(*)::int from investigator.person where report_id = report.report_id)`.as('persons'),
      sql<number>`(select count(*)::int from investigator.file where report_id = report.report_id)`.as('files'),
    ]);

/** The latest import first, below the place `before`. */
export const listReports = async (
  db: Db,
  page: { readonly before?: number; readonly limit: number },
): Promise<readonly ReportSummary[]> => {
  const query = summaries(db).orderBy('order_in_desk', 'desc').limit(page.limit);
  return await (page.before === undefined ? query : query.where('order_in_desk', '<', page.before)).execute();
};

export const findReport = async (
  db: Db,
  reportId: ReportId,
): Promise<(ReportSummary & { readonly content: ReportContent }) | undefined> =>
  await summaries(db).select('content').where('report.report_id', '=', reportId).executeTakeFirst();

export const listPersons = async (db: Db, reportId: ReportId): Promise<readonly Selectable<PersonTable>[]> =>
  await tables(db)
    .selectFrom('investigator.person')
    .selectAll()
    .where('report_id', '=', reportId)
    .orderBy('ordinal')
    .execute();

export interface FileRow {
  readonly file_id: DeliveredFileId;
  readonly ordinal: number;
  readonly name: string | null;
  readonly original_name: string | null;
  readonly stated_hash: string | null;
  readonly viewed_by_esp: boolean | null;
  readonly uploaded_at: UtcInstant | null;
  readonly content: FileContent;
}

export const listFiles = async (db: Db, reportId: ReportId): Promise<readonly FileRow[]> =>
  await tables(db)
    .selectFrom('investigator.file')
    .selectAll()
    .where('report_id', '=', reportId)
    .orderBy('ordinal')
    .execute();

export const listObjects = async (db: Db, reportId: ReportId): Promise<readonly Selectable<ObjectTable>[]> =>
  await tables(db)
    .selectFrom('investigator.object as object')
    .innerJoin('investigator.file as file', 'file.file_id', 'object.file_id')
    .selectAll('object')
    .where('file.report_id', '=', reportId)
    .orderBy('object.sha256')
    .execute();

export const listCaptures = async (db: Db, reportId: ReportId): Promise<readonly Selectable<SourceCaptureTable>[]> =>
  await tables(db)
    .selectFrom('investigator.source_capture')
    .selectAll()
    .where('report_id', '=', reportId)
    .orderBy('ordinal')
    .execute();

export const listDeliveries = async (db: Db, reportId: ReportId): Promise<readonly Selectable<DeliveryTable>[]> =>
  await tables(db)
    .selectFrom('investigator.delivery')
    .selectAll()
    .where('report_id', '=', reportId)
    .orderBy('imported_at')
    .orderBy('delivery_id')
    .execute();
