import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { PendingReport, StandingReferral } from '../plan-route.js';

/** Takes reports that wait for their way, the urgent ones first; what another process has taken is left to it. */
export const takePending = async (
  tx: Tx,
  { limit, largeBundle }: { readonly limit: number; readonly largeBundle: number },
): Promise<readonly PendingReport[]> => {
  const { rows } = await sql<PendingReport>`
    with judged as (
      select distinct on (pending.report_number) pending.report_number, version, lane, label, label_reason
        from clearinghouse.routing_pending as pending
        join clearinghouse.triage using (report_number)
       order by pending.report_number, version desc
    ), taken as (
      select pending.report_number, way
        from clearinghouse.routing_pending as pending
        join judged using (report_number)
       order by (lane = 'crisis') desc, pending.report_number
       limit ${limit}
         for update of pending skip locked
    )
    select report_number::text, report.incident_type, coalesce(location.countries, '{}') as countries, version, lane,
           label, label_reason, large.bundle_id as large_bundle
      from taken
      join judged using (report_number)
      join clearinghouse.report using (report_number)
      left join clearinghouse.location using (report_number)
      left join lateral (
        select bundle.bundle_id
          from clearinghouse.bundle_member as own
          join clearinghouse.bundle using (bundle_id)
         where way = 'usual' and own.report_number = taken.report_number and own.left_at is null
           and dissolved_at is null and kind in ('file', 'picture')
           and (select count(*) from (select from clearinghouse.bundle_member as other
                                       where other.bundle_id = own.bundle_id and left_at is null
                                       limit ${largeBundle}) as counted) >= ${largeBundle}
         order by bundle.made_at limit 1) as large on true
     order by (lane = 'crisis') desc, report_number`.execute(tx);
  return rows;
};

/** Puts judged reports up for routing again. */
export const requeue = async (
  tx: Tx,
  {
    reports,
    way,
    at,
  }: { readonly reports: readonly ReportNumber[]; readonly way: 'usual' | 'singly'; readonly at: UtcInstant },
): Promise<void> => {
  await sql`
    insert into clearinghouse.routing_pending (report_number, queued_at, way)
    select number, ${at}::timestamptz, ${way} from unnest(${reports}::bigint[]) as number
    on conflict (report_number) do update set way = excluded.way`.execute(tx);
};

export const removePending = async (tx: Tx, reports: readonly ReportNumber[]): Promise<void> => {
  await sql`delete from clearinghouse.routing_pending where report_number = any (${reports}::bigint[])`.execute(tx);
};

/** Referrals of these reports that were not recalled, those of bundles among them. */
export const standingReferrals = async (
  tx: Db | Tx,
  reports: readonly ReportNumber[],
): Promise<readonly StandingReferral[]> => {
  const { rows } = await sql<StandingReferral>`
    select member.report_number::text, referral_id, authority_id, country, kind, label, lane, made_by
      from clearinghouse.referral_member as member
      join clearinghouse.referral using (referral_id)
     where member.report_number = any (${reports}::bigint[]) and state not in ('recalled', 'superseded')
     order by referral_id`.execute(tx);
  return rows;
};
