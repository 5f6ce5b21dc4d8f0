import type { ReportNumber } from '@tutela/cybertip';
import { sql } from 'kysely';
import type { Ground } from '../open-desk.test-support.js';
import type { File } from './triage-ground.test-support.js';
import { account } from './triage-ground.test-support.js';

/**
 * Finished reports of one file. Every tenth has a file of its own; the others share one of ten, so that ten bundles hold
 * nine tenths of them.
 */
export const manyReports = async (ground: Ground, file: File, count: number): Promise<void> => {
  const first: ReportNumber = await file({ report: account('poster'), files: [new TextEncoder().encode('a picture')] });
  await copyReport(ground, first, { count, file: 'one-of-ten' });
  await sql`delete from clearinghouse.triage_pending where report_number = ${first}::bigint`.execute(
    ground.database.db,
  );
};

const digests = {
  same: sql`sha256`,
  'one-of-ten': sql`encode(sha256((case when made.report_number % 10 = 0 then 'own-' || made.report_number
                                        else 'shared-' || made.report_number / 10 % 10 end)::bytea), 'hex')`,
} as const;

/**
 * Finished reports as the protocol leaves them, made from one that was filed: filing each would be most of a test's time.
 * Each is of an account of its own, and waits to be judged.
 */
export const copyReport = async (
  ground: Ground,
  first: ReportNumber,
  { count, file }: { readonly count: number; readonly file: keyof typeof digests },
): Promise<void> => {
  await sql`
    with made as (
      insert into clearinghouse.report (reporter_id, state, incident_type, opened_at, ended_at)
      select reporter_id, 'finished', incident_type, opened_at, ended_at
        from clearinghouse.report, generate_series(1, ${count}) where report_number = ${first}::bigint
      returning report_number
    ), sent as (
      insert into clearinghouse.submission
      select made.report_number, '',
             jsonb_set(content, '{personOrUserReported,0,espIdentifier}', to_jsonb('poster-' || made.report_number))
        from made, clearinghouse.submission as one where one.report_number = ${first}::bigint
    ), posted as (
      insert into clearinghouse.file
      select md5(made.report_number::text), made.report_number, 1, name,
             ${digests[file]}, md5, size, received_at
        from made, clearinghouse.file as one where one.report_number = ${first}::bigint
    ), located as (
      insert into clearinghouse.location
      select made.report_number, outcome, countries, signals, sources, made_at
        from made, clearinghouse.location as one where one.report_number = ${first}::bigint
    )
    insert into clearinghouse.triage_pending select report_number, 'normal', now() from made`.execute(
    ground.database.db,
  );
};
