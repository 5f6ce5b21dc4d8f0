import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { ForwardId, ReferralId, ReferralTable, RoutingTable } from '../schema.js';
import { routingTables } from '../tables.js';
import { urgencyOf } from './urgency.js';

export type ReferralRow = Selectable<ReferralTable>;

/** A report number is text outside of its column. */
export const referralColumns = sql`referral_id, authority_id, country, kind, report_number::text, forward_id, label,
  label_reason, lane, incident_type, reports, reports_sha256, state, earlier_state, reason, made_at, made_by,
  downloaded_at, acknowledged_at, receipt, superseded_by`;

const givenColumns = sql`referral_id, authority_id, country, kind, report_number, forward_id, label, label_reason, lane,
  incident_type, reports, reports_sha256, state, made_at, made_by`;

export type NewReferral = Omit<
  Insertable<ReferralTable>,
  'state' | 'earlier_state' | 'reason' | 'downloaded_at' | 'acknowledged_at' | 'receipt' | 'superseded_by'
>;

/** With their members, in two statements however many there are; each stands where the judgement of its reports puts it. */
export const insertReferrals = async (
  tx: Tx,
  referrals: readonly NewReferral[],
  members: readonly { readonly referral_id: ReferralId; readonly report_number: ReportNumber }[],
): Promise<void> => {
  if (referrals.length === 0) return;
  const rows = JSON.stringify(referrals.map((referral) => ({ ...referral, state: 'available' })));
  const given = sql`
    select * from unnest(${members.map(({ referral_id }) => referral_id)}::uuid[],
                         ${members.map(({ report_number }) => report_number)}::bigint[])`;
  await sql`
    insert into clearinghouse.referral (${givenColumns}, urgency_lane, priority, since, lead_report)
    select ${givenColumns}, urgency.urgency_lane, urgency.priority, urgency.since, urgency.lead_report
      from (select ${givenColumns} from jsonb_populate_recordset(null::clearinghouse.referral, ${rows}::jsonb)) as referral
      join (${urgencyOf(given)}) as urgency using (referral_id)`.execute(tx);
  await sql`
    insert into clearinghouse.referral_member (referral_id, report_number) ${given}`.execute(tx);
};

/** Replaces what was known of these reports' ways. */
export const putRoutings = async (tx: Tx, rows: readonly Insertable<RoutingTable>[]): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    insert into clearinghouse.routing
    select (jsonb_populate_record(null::clearinghouse.routing, given)).*
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as given
    on conflict (report_number, country) do update
       set (outcome, reason, authority_id, lane, label, triage_version, routed_at) =
           (excluded.outcome, excluded.reason, excluded.authority_id, excluded.lane, excluded.label,
            excluded.triage_version, excluded.routed_at)`.execute(tx);
};

export const findReferral = async (db: Db | Tx, referralId: ReferralId): Promise<ReferralRow | undefined> => {
  const { rows } = await sql<ReferralRow>`
    select ${referralColumns} from clearinghouse.referral where referral_id = ${referralId}`.execute(db);
  return rows[0];
};

/** Held until the transaction ends. */
export const lockReferral = async (tx: Tx, referralId: ReferralId): Promise<ReferralRow | undefined> => {
  const { rows } = await sql<ReferralRow>`
    select ${referralColumns} from clearinghouse.referral where referral_id = ${referralId} for update`.execute(tx);
  return rows[0];
};

/** Of a forward, its referrals, or the ones that it superseded; held until the transaction ends. */
export const lockOfForward = async (
  tx: Tx,
  forwardId: ForwardId,
  which: 'forward_id' | 'superseded_by',
): Promise<readonly ReferralRow[]> => {
  const { rows } = await sql<ReferralRow>`
    select ${referralColumns} from clearinghouse.referral where ${sql.ref(which)} = ${forwardId}
     order by referral_id for update`.execute(tx);
  return rows;
};

export const changeReferrals = async (
  tx: Tx,
  referralIds: readonly ReferralId[],
  change: Partial<Omit<Insertable<ReferralTable>, 'report_number'>>,
): Promise<void> => {
  if (referralIds.length === 0) return;
  await routingTables(tx)
    .updateTable('clearinghouse.referral')
    .set(change)
    .where(sql<boolean>`referral_id = any (${referralIds}::uuid[])`)
    .execute();
};

/** As they were before they were superseded. */
export const restoreSuperseded = async (tx: Tx, forwardId: ForwardId): Promise<void> => {
  await sql`
    update clearinghouse.referral
       set state = earlier_state, earlier_state = null, reason = null, superseded_by = null
     where superseded_by = ${forwardId}`.execute(tx);
};

export const supersede = async (
  tx: Tx,
  referralIds: readonly ReferralId[],
  { forwardId, reason }: { readonly forwardId: ForwardId; readonly reason: string },
): Promise<void> => {
  await sql`
    update clearinghouse.referral
       set earlier_state = state, state = 'superseded', superseded_by = ${forwardId}, reason = ${reason}
     where referral_id = any (${referralIds}::uuid[])`.execute(tx);
};

/** Ascending. */
export const memberNumbers = async (db: Db | Tx, referralId: ReferralId): Promise<readonly ReportNumber[]> => {
  const { rows } = await sql<{ n: ReportNumber }>`
    select report_number::text as n from clearinghouse.referral_member
     where referral_id = ${referralId} order by report_number`.execute(db);
  return rows.map(({ n }) => n);
};

/** What stands again is referred again. */
export const putRestoredRoutings = async (
  tx: Tx,
  { referrals, at }: { readonly referrals: readonly ReferralId[]; readonly at: UtcInstant },
): Promise<void> => {
  await sql`
    update clearinghouse.routing as routing
       set outcome = 'referred', reason = null, authority_id = referral.authority_id, routed_at = ${at}
      from clearinghouse.referral
     where referral_id = any (${referrals}::uuid[])
       and routing.report_number = referral.report_number and routing.country = referral.country`.execute(tx);
};

/** A person has found the country that was not known. */
export const dropUnknownCountry = async (tx: Tx, reportNumber: ReportNumber): Promise<void> => {
  await sql`
    delete from clearinghouse.routing where report_number = ${reportNumber}::bigint and country = 'ZZ'`.execute(tx);
};
