import type { JsonObject, UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { sql } from 'kysely';
import type { BundleKind } from '../../bundle/keys.js';
import type { Label, Lane } from '../../triage/judge.js';

export interface StandingRow {
  readonly report_number: ReportNumber;
  readonly version: number;
  readonly item: string;
  readonly policy_version: string;
  readonly lane: Lane;
  readonly completeness: number;
  readonly priority: number;
  readonly label: Label;
  readonly label_reason: string;
  readonly labelled_by: string;
  readonly label_origin: 'policy' | 'person' | 'bundle';
}

export const findStanding = async (db: Db, reportNumber: ReportNumber): Promise<StandingRow | undefined> => {
  const { rows } = await sql<StandingRow>`
    select report_number::text as report_number, version, item, policy_version, lane, completeness, priority, label,
           label_reason, labelled_by, label_origin
      from clearinghouse.standing where report_number = ${reportNumber}::bigint`.execute(db);
  return rows[0];
};

export interface MembershipRow {
  readonly bundle_id: string;
  readonly kind: BundleKind;
  readonly because: readonly JsonObject[];
  readonly joined_at: UtcInstant;
  readonly left_at: UtcInstant | null;
  readonly dissolved_at: UtcInstant | null;
  readonly decided_label: Label | null;
  /** Reports in it, those taken out not counted. */
  readonly members: number;
}

/** The bundles that a report is or was in: its duplicates, and why. */
export const listMemberships = async (db: Db, reportNumber: ReportNumber): Promise<readonly MembershipRow[]> => {
  const { rows } = await sql<MembershipRow>`
    select bundle_id, kind, because, joined_at, left_at, dissolved_at, decided_label,
           (select count(*)::int from clearinghouse.bundle_member as other
             where other.bundle_id = member.bundle_id and other.left_at is null) as members
      from clearinghouse.bundle_member as member join clearinghouse.bundle using (bundle_id)
     where report_number = ${reportNumber}::bigint
     order by joined_at, bundle_id`.execute(db);
  return rows;
};

/** Earlier reports of the same accounts, the newest first; 50 at most. */
export const listEarlier = async (db: Db, reportNumber: ReportNumber): Promise<readonly ReportNumber[]> => {
  const { rows } = await sql<{ report_number: ReportNumber }>`
    select distinct other.report_number, other.report_number::text as number
      from clearinghouse.bundle_key as own join clearinghouse.bundle_key as other using (kind, key)
     where own.report_number = ${reportNumber}::bigint and kind = 'account'
       and other.report_number < own.report_number
     order by other.report_number desc limit 50`.execute(db);
  return rows.map((row) => (row as unknown as { readonly number: ReportNumber }).number);
};

export interface MemberRow {
  readonly report_number: ReportNumber;
  readonly organisation: string;
  readonly incident_type: string;
  readonly because: readonly JsonObject[];
  readonly joined_at: UtcInstant;
  readonly left_at: UtcInstant | null;
  /** Where an analyst finds it; null: nobody has judged it. */
  readonly item: string | null;
  readonly lane: Lane | null;
  readonly priority: number | null;
  readonly label: Label | null;
  readonly label_origin: StandingRow['label_origin'] | null;
  readonly countries: readonly string[];
}

const memberOrder: TableOrder = { columns: ['member.report_number'], order: 'desc' };

export const readMembers = async (db: Db, bundleId: string, stretch: Stretch): Promise<readonly MemberRow[]> => {
  const { rows } = await sql<MemberRow>`
    select member.report_number::text as report_number, reporter.organisation, report.incident_type, member.because,
           member.joined_at, member.left_at, standing.item, standing.lane, standing.priority, standing.label,
           standing.label_origin, coalesce(location.countries, '{}') as countries
      from clearinghouse.bundle_member as member
      join clearinghouse.report using (report_number) join clearinghouse.reporter using (reporter_id)
      left join clearinghouse.standing on standing.report_number = member.report_number
      left join clearinghouse.location on location.report_number = member.report_number
     where member.bundle_id = ${bundleId}::uuid and ${isPast(memberOrder, stretch)}
     order by member.report_number ${sql.raw(orderOf(memberOrder, stretch))}
     limit ${stretch.limit} offset ${stretch.skip}`.execute(db);
  return rows;
};

export const countMembers = async (db: Db, bundleId: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from clearinghouse.bundle_member where bundle_id = ${bundleId}::uuid`.execute(db);
  return rows[0]?.count ?? 0;
};
