import type { UtcInstant } from '@tutela/core';
import type {
  FileDetails,
  FileId,
  HeldFile,
  Opening,
  Received,
  Report,
  ReporterId,
  ReportNumber,
} from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Location } from '../location/location.js';
import type { ReporterTable, ReportTable } from '../schema.js';
import type { Lane } from '../triage/judge.js';
import type { FileRow } from './listing.js';
import { digits, tables } from './tables.js';

export const findReporter = async (db: Db, username: string): Promise<ReporterTable | undefined> =>
  await tables(db).selectFrom('clearinghouse.reporter').selectAll().where('username', '=', username).executeTakeFirst();

/** The reporter's row; an existing username keeps its identifier and gets the new password. */
export const putReporter = async (tx: Tx, row: ReporterTable): Promise<ReporterId> => {
  const { organisation, password_sha256, issued_at } = row;
  const stored = await tables(tx)
    .insertInto('clearinghouse.reporter')
    .values(row)
    .onConflict((conflict) => conflict.column('username').doUpdateSet({ organisation, password_sha256, issued_at }))
    .returning('reporter_id')
    .executeTakeFirstOrThrow();
  return stored.reporter_id;
};

export const insertReport = async (tx: Tx, { reporter, report, document, at }: Opening): Promise<ReportNumber> => {
  const { rows } = await sql<{ readonly report_number: ReportNumber }>`
    with opened as (
      insert into clearinghouse.report (reporter_id, state, incident_type, opened_at)
      values (${reporter.id}::uuid, 'open', ${report.incidentSummary.incidentType}, ${at}::timestamptz)
      returning report_number
    )
    insert into clearinghouse.submission (report_number, document, content)
    select report_number, ${Buffer.from(document)}::bytea, ${JSON.stringify(report)}::jsonb from opened
    returning report_number::text as report_number`.execute(tx);
  const [opened] = rows;
  if (opened === undefined) throw new TypeError('a report that was stored has no number');
  return opened.report_number;
};

type ReportRow = Pick<ReportTable, 'reporter_id' | 'state' | 'opened_at' | 'last_added_at' | 'ended_at'>;

/** The report's row, locked until the transaction ends. */
export const lockReport = async (tx: Tx, reportNumber: ReportNumber): Promise<ReportRow | undefined> =>
  await tables(tx)
    .selectFrom('clearinghouse.report')
    .select(['reporter_id', 'state', 'opened_at', 'last_added_at', 'ended_at'])
    .where('report_number', '=', reportNumber)
    .forUpdate()
    .executeTakeFirst();

export const endReport = async (
  tx: Tx,
  reportNumber: ReportNumber,
  state: 'retracted' | 'expired',
  at: UtcInstant,
): Promise<void> => {
  await tables(tx)
    .updateTable('clearinghouse.report')
    .set({ state, ended_at: at })
    .where('report_number', '=', reportNumber)
    .execute();
};

export const readSubmission = async (db: Db | Tx, reportNumber: ReportNumber): Promise<Report | undefined> => {
  const row = await tables(db)
    .selectFrom('clearinghouse.submission')
    .select('content')
    .where('report_number', '=', reportNumber)
    .executeTakeFirst();
  return row?.content;
};

/** A file, and when its report was added to last. */
export const insertFile = async (
  tx: Tx,
  reportNumber: ReportNumber,
  file: { readonly fileId: FileId; readonly name: string; readonly received: Received; readonly at: UtcInstant },
): Promise<void> => {
  const { fileId, name, received, at } = file;
  await sql`
    with added as (${addition(reportNumber, at)})
    insert into clearinghouse.file (file_id, report_number, ordinal, name, sha256, md5, size, received_at)
    select ${fileId}, ${reportNumber}::bigint, coalesce(max(ordinal), 0) + 1, ${name},
           ${received.sha256}, ${received.md5}, ${received.size}::bigint, ${at}::timestamptz
      from clearinghouse.file where report_number = ${reportNumber}::bigint`.execute(tx);
};

/** What is said of a file, and when its report was added to last. */
export const insertFileDetails = async (
  tx: Tx,
  reportNumber: ReportNumber,
  given: { readonly details: FileDetails; readonly document: Uint8Array; readonly at: UtcInstant },
): Promise<void> => {
  const { details, document, at } = given;
  await sql`
    with added as (${addition(reportNumber, at)})
    insert into clearinghouse.file_details (file_id, document, content, described_at)
    values (${details.fileId}, ${Buffer.from(document)}::bytea, ${JSON.stringify(details)}::jsonb,
            ${at}::timestamptz)`.execute(tx);
};

const addition = (reportNumber: ReportNumber, at: UtcInstant) => sql`
  update clearinghouse.report set last_added_at = ${at}::timestamptz where report_number = ${reportNumber}::bigint`;

export const findFile = async (tx: Tx, reportNumber: ReportNumber, fileId: FileId): Promise<HeldFile | undefined> => {
  const row = await tables(tx)
    .selectFrom('clearinghouse.file as file')
    .leftJoin('clearinghouse.file_details as details', 'details.file_id', 'file.file_id')
    .select(['file.file_id', 'details.content as details'])
    .where('report_number', '=', reportNumber)
    .where('file.file_id', '=', fileId)
    .executeTakeFirst();
  return row && heldFile(row);
};

export const heldFile = ({ file_id, details }: Pick<FileRow, 'file_id' | 'details'>): HeldFile => ({
  fileId: file_id,
  ...(details === null ? {} : { details }),
});

/** Removes what the reporter sent; the report's row stays and says how it ended. */
export const deleteContent = async (tx: Tx, reportNumber: ReportNumber): Promise<void> => {
  const files = tables(tx).selectFrom('clearinghouse.file').select('file_id').where('report_number', '=', reportNumber);
  await tables(tx).deleteFrom('clearinghouse.file_details').where('file_id', 'in', files).execute();
  await tables(tx).deleteFrom('clearinghouse.file').where('report_number', '=', reportNumber).execute();
  await tables(tx).deleteFrom('clearinghouse.submission').where('report_number', '=', reportNumber).execute();
};

/** A report that is whole: its end, where it points, and that it waits to be judged and its files to be looked at. */
export const finishReport = async (
  tx: Tx,
  reportNumber: ReportNumber,
  { location, lane, at }: { readonly location: Location; readonly lane: Lane; readonly at: UtcInstant },
): Promise<void> => {
  const { outcome, countries, signals, sources } = location;
  await sql`
    with ended as (
      update clearinghouse.report set state = 'finished', ended_at = ${at}::timestamptz
       where report_number = ${reportNumber}::bigint
    ), located as (
      insert into clearinghouse.location (report_number, outcome, countries, signals, sources, made_at)
      values (${reportNumber}::bigint, ${outcome}, ${countries}::text[], ${JSON.stringify(signals)}::jsonb,
              ${JSON.stringify(sources)}::jsonb, ${at}::timestamptz)
    ), queued as (
      insert into clearinghouse.triage_pending (report_number, lane, queued_at)
      values (${reportNumber}::bigint, ${lane}, ${at}::timestamptz)
    )
    -- In order, so that two reports with the same files wait for each other instead of both.
    insert into clearinghouse.picture_pending (sha256)
    select distinct sha256 from clearinghouse.file
     where report_number = ${reportNumber}::bigint
       and not exists (select from clearinghouse.picture where picture.sha256 = file.sha256)
     order by sha256
        on conflict do nothing`.execute(tx);
};

/** Those of the numbers that name no report which is open or finished. */
export const missingReports = async (db: Db, numbers: readonly ReportNumber[]): Promise<readonly ReportNumber[]> => {
  if (numbers.length === 0) return [];
  const { rows } = await sql<{ readonly number: ReportNumber }>`
    select distinct wanted::text as number from unnest(${numbers}::bigint[]) as wanted
     where not exists (select from clearinghouse.report
                        where report_number = wanted and state in ('open', 'finished'))`.execute(db);
  return rows.map(({ number }) => number);
};

/** Open reports whose time (protocols.md §1.4) is over, oldest first. */
export const overdueReports = async (
  db: Db,
  openedBefore: UtcInstant,
  addedBefore: UtcInstant,
  limit: number,
): Promise<readonly ReportNumber[]> => {
  const rows = await tables(db)
    .selectFrom('clearinghouse.report')
    .select(digits('report_number'))
    .where('state', '=', 'open')
    .where('opened_at', '<=', openedBefore)
    .where((or) => or.or([or('last_added_at', 'is', null), or('last_added_at', '<=', addedBefore)]))
    .orderBy('opened_at')
    .limit(limit)
    .execute();
  return rows.map(({ report_number }) => report_number);
};
