import type { UtcInstant } from '@tutela/core';
import type { FileDetails, FileId, ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import type { RangeSource } from '@tutela/ranges';
import { sql } from 'kysely';
import type { Signal } from '../location/location.js';
import type { LocationTable, ReportTable } from '../schema.js';
import { digits, tables } from './tables.js';

export interface FileRow {
  readonly file_id: FileId;
  readonly name: string;
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
  readonly received_at: UtcInstant;
  readonly details: FileDetails | null;
}

/** In the order of upload. */
export const listFiles = async (db: Db | Tx, reportNumber: ReportNumber): Promise<readonly FileRow[]> =>
  await tables(db)
    .selectFrom('clearinghouse.file as file')
    .leftJoin('clearinghouse.file_details as details', 'details.file_id', 'file.file_id')
    .select(['file.file_id', 'name', 'sha256', 'md5', 'size', 'received_at', 'details.content as details'])
    .where('report_number', '=', reportNumber)
    .orderBy('ordinal')
    .execute();

export interface ReportSummary {
  readonly report_number: ReportNumber;
  readonly state: ReportTable['state'];
  readonly organisation: string;
  readonly incident_type: string;
  readonly opened_at: UtcInstant;
  readonly ended_at: UtcInstant | null;
  readonly files: number;
  readonly outcome: LocationTable['outcome'] | null;
  readonly countries: readonly string[] | null;
}

const summaries = (db: Db | Tx) =>
  tables(db)
    .selectFrom('clearinghouse.report as report')
    .innerJoin('clearinghouse.reporter as reporter', 'reporter.reporter_id', 'report.reporter_id')
    .leftJoin('clearinghouse.location as location', 'location.report_number', 'report.report_number')
    .select([
      sql<ReportNumber>`report.report_number::text`.as('report_number'),
      'report.state',
      'reporter.organisation',
      'report.incident_type',
      'report.opened_at',
      'report.ended_at',
      'location.outcome',
      'location.countries',
      sql<number>`(select count(*)::int from clearinghouse.file where report_number = report.report_number)`.as(
        'files',
      ),
    ]);

/** Newest first, below the number `before`. */
export const listReports = async (
  db: Db,
  page: { readonly before?: ReportNumber; readonly limit: number; readonly state?: ReportTable['state'] },
): Promise<readonly ReportSummary[]> => {
  let query = summaries(db).orderBy('report.report_number', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('report.report_number', '<', page.before);
  if (page.state !== undefined) query = query.where('report.state', '=', page.state);
  return await query.execute();
};

export const findReport = async (db: Db | Tx, reportNumber: ReportNumber): Promise<ReportSummary | undefined> =>
  await summaries(db).where('report.report_number', '=', reportNumber).executeTakeFirst();

export interface LocationRow {
  readonly report_number: ReportNumber;
  readonly outcome: LocationTable['outcome'];
  readonly countries: readonly string[];
  readonly signals: readonly Signal[];
  readonly sources: readonly RangeSource[];
  readonly made_at: UtcInstant;
}

const locations = (db: Db | Tx) =>
  tables(db)
    .selectFrom('clearinghouse.location')
    .select([digits('report_number'), 'outcome', 'countries', 'signals', 'sources', 'made_at']);

/** Newest first, below the number `before`. `country` finds conflicting ones too. */
export const listLocations = async (
  db: Db,
  page: {
    readonly before?: ReportNumber;
    readonly limit: number;
    readonly country?: string;
    readonly outcome?: LocationTable['outcome'];
  },
): Promise<readonly LocationRow[]> => {
  let query = locations(db).orderBy('clearinghouse.location.report_number', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('report_number', '<', page.before);
  if (page.outcome !== undefined) query = query.where('outcome', '=', page.outcome);
  if (page.country !== undefined) query = query.where(sql<boolean>`countries @> array[${page.country}]::text[]`);
  return await query.execute();
};

export const findLocation = async (db: Db | Tx, reportNumber: ReportNumber): Promise<LocationRow | undefined> =>
  await locations(db).where('report_number', '=', reportNumber).executeTakeFirst();
