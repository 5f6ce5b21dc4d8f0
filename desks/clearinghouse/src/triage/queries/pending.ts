import type { UtcInstant } from '@tutela/core';
import type { FileDetails, Report, ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Lane } from '../judge.js';

export interface PendingReport {
  readonly report_number: ReportNumber;
  readonly lane: Lane;
  readonly report: Report;
  readonly organisation: string;
  readonly finished_at: UtcInstant;
  readonly files: readonly {
    readonly file_id: string;
    readonly sha256: string;
    readonly details: FileDetails | null;
  }[];
  /** Of the last judgement; null for the first. */
  readonly version: number | null;
  readonly last_lane: Lane | null;
  readonly last_label: 'referral' | 'informational' | null;
  readonly last_reason: string | null;
  readonly labelled_by: string | null;
}

/** How often a file is looked at before its report is judged without. */
export const attemptsAtPicture = 3;

/** Whether any report waits. */
export const isPending = async (db: Db): Promise<boolean> => {
  const { rows } = await sql`select from clearinghouse.triage_pending limit 1`.execute(db);
  return rows.length > 0;
};

/**
 * Takes reports that wait, as many as `limit`, for this transaction alone: what may not wait first, then in their order.
 * @param pictures `awaited`: a report whose files nobody has looked at yet stays, unless it may not wait
 */
export const takePending = async (
  tx: Tx,
  { limit, pictures }: { readonly limit: number; readonly pictures: 'awaited' | 'none' },
): Promise<readonly PendingReport[]> => {
  const urgent = await sql<{ report_number: ReportNumber }>`
    select report_number::text as report_number from clearinghouse.triage_pending as pending
     where lane = 'crisis' order by pending.report_number limit ${limit} for update skip locked`.execute(tx);
  const others = await sql<{ report_number: ReportNumber }>`
    select report_number::text as report_number from clearinghouse.triage_pending as pending
     where lane <> 'crisis'
       and (${pictures} = 'none' or not exists (
         select from clearinghouse.file join clearinghouse.picture_pending as unseen using (sha256)
          where file.report_number = pending.report_number and unseen.attempts < ${attemptsAtPicture}))
     order by pending.report_number limit ${limit - urgent.rows.length} for update skip locked`.execute(tx);
  return await readPending(
    tx,
    [...urgent.rows, ...others.rows].map(({ report_number }) => report_number),
  );
};

const readPending = async (tx: Tx, numbers: readonly ReportNumber[]): Promise<readonly PendingReport[]> => {
  if (numbers.length === 0) return [];
  const { rows } = await sql<PendingReport>`
    select report.report_number::text as report_number, pending.lane, submission.content as report,
           reporter.organisation, report.ended_at as finished_at, last.version, last.lane as last_lane,
           last.label as last_label, last.label_reason as last_reason, last.labelled_by,
           coalesce((select jsonb_agg(jsonb_build_object('file_id', file.file_id, 'sha256', file.sha256,
                                                         'details', details.content) order by ordinal)
                       from clearinghouse.file left join clearinghouse.file_details as details using (file_id)
                      where file.report_number = report.report_number), '[]') as files
      from clearinghouse.triage_pending as pending
      join clearinghouse.report using (report_number)
      join clearinghouse.submission using (report_number)
      join clearinghouse.reporter using (reporter_id)
      left join lateral (select version, lane, label, label_reason, labelled_by from clearinghouse.triage
                          where triage.report_number = report.report_number
                          order by version desc limit 1) as last on true
     where pending.report_number = any(${numbers}::bigint[])
     order by report.report_number`.execute(tx);
  return rows;
};

export const removePending = async (tx: Tx, numbers: readonly ReportNumber[]): Promise<void> => {
  await sql`
    delete from clearinghouse.triage_pending where report_number = any(${numbers}::bigint[])`.execute(tx);
};

/** Asks for the routing of reports; those that wait for it already do so once, and those under way are waited for. */
export const queueForRouting = async (tx: Tx, numbers: readonly ReportNumber[], at: UtcInstant): Promise<void> => {
  await sql`
    insert into clearinghouse.routing_pending (report_number, queued_at)
    select number, ${at}::timestamptz from unnest(${numbers}::bigint[]) as number order by number
        on conflict (report_number) do update set queued_at = routing_pending.queued_at`.execute(tx);
};
