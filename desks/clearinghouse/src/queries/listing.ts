import type { UtcInstant } from '@tutela/core';
import type { FileDetails, FileId, ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Signal } from '../referral/referral.js';
import type { ReferralTable, ReportTable } from '../schema.js';
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
  readonly outcome: ReferralTable['outcome'] | null;
  readonly countries: readonly string[] | null;
}

const summaries = (db: Db | Tx) =>
  tables(db)
    .selectFrom('clearinghouse.report as report')
    .innerJoin('clearinghouse.reporter as reporter', 'reporter.reporter_id', 'report.reporter_id')
    .leftJoin('clearinghouse.referral as referral', 'referral.report_number', 'report.report_number')
    .select([
      sql<ReportNumber>`report.report_number::text`.as('report_number'),
      'report.state',
      'reporter.organisation',
      'report.incident_type',
      'report.opened_at',
      'report.ended_at',
      'referral.outcome',
      'referral.countries',
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

export interface ReferralRow {
  readonly report_number: ReportNumber;
  readonly outcome: ReferralTable['outcome'];
  readonly countries: readonly string[];
  readonly signals: readonly Signal[];
  readonly range_data_name: string | null;
  readonly range_data_date: string | null;
  readonly range_data_sha256: string | null;
  readonly made_at: UtcInstant;
}

const referrals = (db: Db | Tx) =>
  tables(db)
    .selectFrom('clearinghouse.referral')
    .select([
      digits('report_number'),
      'outcome',
      'countries',
      'signals',
      'range_data_name',
      'range_data_date',
      'range_data_sha256',
      'made_at',
    ]);

/** Newest first, below the number `before`. `country` finds conflicting ones too. */
export const listReferrals = async (
  db: Db,
  page: {
    readonly before?: ReportNumber;
    readonly limit: number;
    readonly country?: string;
    readonly outcome?: ReferralTable['outcome'];
  },
): Promise<readonly ReferralRow[]> => {
  let query = referrals(db).orderBy('clearinghouse.referral.report_number', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('report_number', '<', page.before);
  if (page.outcome !== undefined) query = query.where('outcome', '=', page.outcome);
  if (page.country !== undefined) query = query.where(sql<boolean>`countries @> array[${page.country}]::text[]`);
  return await query.execute();
};

export const findReferral = async (db: Db | Tx, reportNumber: ReportNumber): Promise<ReferralRow | undefined> =>
  await referrals(db).where('report_number', '=', reportNumber).executeTakeFirst();
