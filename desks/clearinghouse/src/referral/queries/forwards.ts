import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { PendingReport } from '../plan-route.js';
import type { AuthorityId, BundleId, ForwardId, ForwardTable } from '../schema.js';
import { routingTables } from '../tables.js';

export type ForwardRow = Selectable<ForwardTable>;

/** Locks the bundle, so that it is forwarded once. */
export const lockBundle = async (
  tx: Tx,
  bundleId: BundleId,
): Promise<{ readonly dissolved_at: UtcInstant | null; readonly decided_reason: string | null } | undefined> => {
  const { rows } = await sql<{ dissolved_at: UtcInstant | null; decided_reason: string | null }>`
    select dissolved_at, decided_reason from clearinghouse.bundle where bundle_id = ${bundleId} for update`.execute(tx);
  return rows[0];
};

/** Its judged reports, each with its newest judgement. */
export const bundleReports = async (tx: Tx, bundleId: BundleId): Promise<readonly PendingReport[]> => {
  const { rows } = await sql<PendingReport>`
    select distinct on (member.report_number) member.report_number::text, report.incident_type,
           coalesce(location.countries, '{}') as countries, version, lane, label, label_reason,
           null::uuid as large_bundle
      from clearinghouse.bundle_member as member
      join clearinghouse.report using (report_number)
      join clearinghouse.triage using (report_number)
      left join clearinghouse.location using (report_number)
     where member.bundle_id = ${bundleId} and left_at is null
     order by member.report_number, version desc`.execute(tx);
  return rows;
};

/** One judged report, to be sent by a person's word. */
export const judgedReport = async (tx: Tx, reportNumber: ReportNumber): Promise<PendingReport | undefined> => {
  const { rows } = await sql<PendingReport>`
    select report_number::text, report.incident_type, coalesce(location.countries, '{}') as countries, version, lane,
           label, label_reason, null::uuid as large_bundle
      from clearinghouse.report
      join clearinghouse.triage using (report_number)
      left join clearinghouse.location using (report_number)
     where report_number = ${reportNumber}::bigint
     order by version desc limit 1`.execute(tx);
  return rows[0];
};

export const insertForward = async (
  tx: Tx,
  forward: Pick<Insertable<ForwardTable>, 'forward_id' | 'bundle_id' | 'reason' | 'made_at' | 'made_by'>,
): Promise<void> => {
  await routingTables(tx)
    .insertInto('clearinghouse.forward')
    .values(forward as Insertable<ForwardTable>)
    .execute();
};

export const liveForward = (db: Db | Tx, bundleId: BundleId): Promise<ForwardRow | undefined> =>
  routingTables(db)
    .selectFrom('clearinghouse.forward')
    .selectAll()
    .where('bundle_id', '=', bundleId)
    .where('recalled_at', 'is', null)
    .executeTakeFirst();

export const lockForward = (tx: Tx, forwardId: ForwardId): Promise<ForwardRow | undefined> =>
  routingTables(tx)
    .selectFrom('clearinghouse.forward')
    .selectAll()
    .where('forward_id', '=', forwardId)
    .forUpdate()
    .executeTakeFirst();

export const changeForward = async (
  tx: Tx,
  forwardId: ForwardId,
  change: Pick<Insertable<ForwardTable>, 'recalled_at' | 'recalled_by' | 'recalled_reason'>,
): Promise<void> => {
  await routingTables(tx)
    .updateTable('clearinghouse.forward')
    .set(change)
    .where('forward_id', '=', forwardId)
    .execute();
};

/** What went to an authority waits for a person again. */
export const holdReports = async (
  tx: Tx,
  held: {
    readonly reports: readonly ReportNumber[];
    readonly country: string;
    readonly authorityId: AuthorityId;
    readonly reason: string;
    readonly at: UtcInstant;
  },
): Promise<void> => {
  await sql`
    update clearinghouse.routing set outcome = 'held', reason = ${held.reason}, authority_id = null, routed_at = ${held.at}
     where report_number = any (${held.reports}::bigint[]) and country = ${held.country}
       and authority_id = ${held.authorityId}`.execute(tx);
};

/** Referrals to an authority that stand alone, of the reports that a bundle takes along. */
export const standingAlone = async (tx: Tx, authorityId: AuthorityId, reports: readonly ReportNumber[]) => {
  const { rows } = await sql<{ referral_id: never; authority_id: AuthorityId; lane: never }>`
    select referral_id, authority_id, lane from clearinghouse.referral
     where authority_id = ${authorityId} and kind = 'report' and state not in ('recalled', 'superseded')
       and report_number = any (${reports}::bigint[])
     order by referral_id for update`.execute(tx);
  return rows;
};
