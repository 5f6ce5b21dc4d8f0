import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { Label, Lane } from '../triage/judge.js';

/** A finished report and what became of it. */
export interface CensusRow {
  readonly reportNumber: ReportNumber;
  /** `/report/additionalInfo`, by which its reporter knows it. */
  readonly reference: string | null;
  /** Null: nobody has judged it yet. */
  readonly lane: Lane | null;
  readonly label: Label | null;
  readonly labelReason: string | null;
  /** Where it points, sorted. */
  readonly countries: readonly string[];
  /** By country; `ZZ`: none. */
  readonly routings: readonly {
    readonly country: string;
    readonly outcome: 'referred' | 'unroutable' | 'held';
    readonly reason: string | null;
    readonly authority: string | null;
  }[];
  /** Referrals that stand. A bundle's holds it beside others. */
  readonly referrals: readonly {
    readonly authority: string;
    readonly country: string;
    readonly kind: 'report' | 'bundle';
    readonly referral: string;
  }[];
  /** Bundles that stand and hold it. */
  readonly bundles: readonly { readonly id: string; readonly kind: 'file' | 'picture' | 'account' | 'incident' }[];
}

export const censusPage = async (db: Db, after: ReportNumber, limit: number): Promise<readonly CensusRow[]> => {
  const { rows } = await sql<CensusRow>`
    with page as (
      select report_number from clearinghouse.report
       where state = 'finished' and report_number > ${after}::bigint order by report_number limit ${limit}
    )
    select page.report_number::text as "reportNumber", submission.content ->> 'additionalInfo' as reference,
           judged.lane, judged.label, judged.label_reason as "labelReason", coalesce(location.countries, '{}') as countries,
           coalesce((select jsonb_agg(jsonb_build_object('country', country, 'outcome', outcome, 'reason', reason,
                                                         'authority', authority_id) order by country)
                       from clearinghouse.routing where routing.report_number = page.report_number), '[]') as routings,
           coalesce((select jsonb_agg(jsonb_build_object('authority', authority_id, 'country', country, 'kind', kind,
                                                         'referral', referral_id) order by authority_id, referral_id)
                       from clearinghouse.referral_member as member join clearinghouse.referral using (referral_id)
                      where member.report_number = page.report_number
                        and state not in ('recalled', 'superseded')), '[]') as referrals,
           coalesce((select jsonb_agg(jsonb_build_object('id', bundle_id, 'kind', kind) order by bundle_id)
                       from clearinghouse.bundle_member as member join clearinghouse.bundle using (bundle_id)
                      where member.report_number = page.report_number
                        and left_at is null and dissolved_at is null), '[]') as bundles
      from page
      join clearinghouse.submission using (report_number)
      left join clearinghouse.location using (report_number)
      left join lateral (select lane, label, label_reason from clearinghouse.triage
                          where triage.report_number = page.report_number order by version desc limit 1) as judged on true
     order by page.report_number`.execute(db);
  return rows;
};

/** How many reports are finished, and what of them waits for somebody. */
export interface Backlog {
  readonly finished: number;
  readonly open: number;
  readonly toJudge: number;
  readonly toRoute: number;
  readonly toLookAt: number;
}

export const readBacklog = async (db: Db): Promise<Backlog> => {
  const { rows } = await sql<Backlog>`
    select (select count(*)::int from clearinghouse.report where state = 'finished') as finished,
           (select count(*)::int from clearinghouse.report where state = 'open') as open,
           (select count(*)::int from clearinghouse.triage_pending) as "toJudge",
           (select count(*)::int from clearinghouse.routing_pending) as "toRoute",
           (select count(*)::int from clearinghouse.picture_pending) as "toLookAt"`.execute(db);
  if (rows[0] === undefined) throw new TypeError('counts are always there');
  return rows[0];
};

/** Bundles of what looks the same with as many reports as that, largest first. */
export const largePictureBundles = async (db: Db, reports: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ bundle_id: string }>`
    select bundle_id from clearinghouse.bundle join clearinghouse.bundle_member using (bundle_id)
     where kind = 'picture' and dissolved_at is null and left_at is null
       and not exists (select from clearinghouse.forward
                        where forward.bundle_id = bundle.bundle_id and recalled_at is null)
     group by bundle_id having count(*) >= ${reports} order by count(*) desc, bundle_id`.execute(db);
  return rows.map(({ bundle_id }) => bundle_id);
};
