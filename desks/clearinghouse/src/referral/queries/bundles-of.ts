import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { BundleId, ReferralId } from '../schema.js';

/** A bundle that holds a report of a referral, also where it came about after the referral was made. */
export interface ReferralBundle {
  readonly bundleId: BundleId;
  readonly kind: 'file' | 'picture' | 'account' | 'incident';
  /** All that are in it, of whatever referral. */
  readonly reports: number;
}

/** Of each referral of a single report, the bundles that stand and hold its report now; those of the most reports first. */
export const bundlesOfReferrals = async (
  db: Db | Tx,
  referralIds: readonly ReferralId[],
): Promise<ReadonlyMap<ReferralId, readonly ReferralBundle[]>> => {
  const { rows } = await sql<{ referral_id: ReferralId; bundles: readonly ReferralBundle[] }>`
    select referral_id, jsonb_agg(jsonb_build_object('bundleId', bundle_id, 'kind', kind, 'reports', held.reports)
                                  order by held.reports desc, bundle_id) as bundles
      from (select referral_id, bundle.bundle_id, bundle.kind
              from clearinghouse.referral
              join clearinghouse.bundle_member as member on member.report_number = referral.report_number
              join clearinghouse.bundle on bundle.bundle_id = member.bundle_id
             where referral_id = any (${referralIds}::uuid[]) and left_at is null and dissolved_at is null) as own
     cross join lateral (select count(*)::int as reports from clearinghouse.bundle_member as other
                          where other.bundle_id = own.bundle_id and left_at is null) as held
     group by referral_id`.execute(db);
  return new Map(rows.map(({ referral_id, bundles }) => [referral_id, bundles]));
};
