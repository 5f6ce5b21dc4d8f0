import type { ReportNumber } from '@tutela/cybertip';
import type { Tx } from '@tutela/db';
import { type RawBuilder, sql } from 'kysely';

/**
 * How urgent referrals are by how their reports are judged now: `urgency_lane`, `priority` and `lead_report` of the most
 * urgent one, `since` of the oldest. A report that cannot wait goes before any other.
 * @param members `(referral_id, report_number)`
 */
export const urgencyOf = (members: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select distinct on (member.referral_id) member.referral_id, judged.lane as urgency_lane, judged.priority,
         min(report.ended_at) over (partition by member.referral_id) as since, member.report_number as lead_report
    from (${members}) as member(referral_id, report_number)
    join clearinghouse.report using (report_number)
   cross join lateral (select lane, priority from clearinghouse.triage
                        where triage.report_number = member.report_number order by version desc limit 1) as judged
   order by member.referral_id, judged.lane <> 'crisis', judged.priority desc, report.ended_at, member.report_number`;

/** Referrals of reports that were judged again stand where the new judgement puts them. */
export const rankReferrals = async (tx: Tx, reports: readonly ReportNumber[]): Promise<void> => {
  // Whoever is routing one of them at this moment went by the earlier judgement: what they make is waited for.
  await sql`
    select from clearinghouse.routing_pending
     where report_number = any (${reports}::bigint[]) order by report_number for update`.execute(tx);
  const touched = sql`
    select member.referral_id, member.report_number
      from clearinghouse.referral_member as member
     where member.referral_id in (select referral_id from clearinghouse.referral_member
                                   where report_number = any (${reports}::bigint[]))`;
  await sql`
    update clearinghouse.referral
       set urgency_lane = now.urgency_lane, priority = now.priority, since = now.since, lead_report = now.lead_report
      from (${urgencyOf(touched)}) as now
     where referral.referral_id = now.referral_id
       and (referral.urgency_lane, referral.priority, referral.since, referral.lead_report)
           is distinct from (now.urgency_lane, now.priority, now.since, now.lead_report)`.execute(tx);
};
