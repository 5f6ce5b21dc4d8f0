import type { JsonObject, UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';

export interface HistoryRow {
  readonly type: string;
  readonly actor: string;
  readonly at: UtcInstant;
  readonly said: JsonObject;
}

/** What changed a report, its judgements, its places in bundles and its referrals, in the order in which it was written down. */
export const historyOfReport = (db: Db, reportNumber: ReportNumber): Promise<readonly HistoryRow[]> =>
  eventsOn(
    db,
    sql`
      select 'clearinghouse.report', jsonb_build_object('report_number', ${reportNumber}::bigint)::text
       union all
      select 'clearinghouse.location', jsonb_build_object('report_number', ${reportNumber}::bigint)::text
       union all
      select 'clearinghouse.triage', jsonb_build_object('report_number', report_number, 'version', version)::text
        from clearinghouse.triage where report_number = ${reportNumber}::bigint
       union all
      select 'clearinghouse.bundle_member',
             jsonb_build_object('bundle_id', bundle_id, 'report_number', report_number)::text
        from clearinghouse.bundle_member where report_number = ${reportNumber}::bigint
       union all
      select 'clearinghouse.referral', jsonb_build_object('referral_id', referral_id)::text
        from clearinghouse.referral_member where report_number = ${reportNumber}::bigint
       union all
      select 'clearinghouse.claim', jsonb_build_object('item', 'report/' || ${reportNumber}::text)::text`,
  );

/** What changed a bundle itself; who joined it stands with its members. */
export const historyOfBundle = (db: Db, bundleId: string): Promise<readonly HistoryRow[]> =>
  eventsOn(
    db,
    sql`
      select 'clearinghouse.bundle', jsonb_build_object('bundle_id', ${bundleId}::uuid)::text
       union all
      select 'clearinghouse.claim', jsonb_build_object('item', 'bundle/' || ${bundleId}::text)::text
       union all
      select 'clearinghouse.bundle_member',
             jsonb_build_object('bundle_id', bundle_id, 'report_number', report_number)::text
        from clearinghouse.bundle_member where bundle_id = ${bundleId}::uuid and left_at is not null`,
  );

const longest = 500;

const eventsOn = async (db: Db, wanted: ReturnType<typeof sql>): Promise<readonly HistoryRow[]> => {
  const { rows } = await sql<HistoryRow>`
    with wanted (table_name, row_key) as (${wanted}),
         found as (select distinct effect.event_id from ledger.effect join wanted using (table_name, row_key))
    select said ->> 'type' as type, said ->> 'actor' as actor, said ->> 'at' as at,
           coalesce(opening.payload::jsonb -> 'payload', '{}') as said
      from found join ledger.event on event.id = found.event_id
      left join ledger.opening on opening.event_id = found.event_id
     cross join lateral (select entry::jsonb as said) as entry
     order by event.seq limit ${longest}`.execute(db);
  return rows;
};
