import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { isPast, type Key, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { sql } from 'kysely';
import type { DangerFact } from '../../triage/judge.js';
import type { Lane } from '../schema.js';
import { type ReferralRow, referralColumns } from './referrals.js';

export interface ListedReferral extends ReferralRow {
  readonly urgency_lane: Lane;
  readonly priority: number;
  /** When the first of its reports came. */
  readonly since: UtcInstant;
  readonly lead_report: ReportNumber;
  /** What the priority of the lead report is made of, as it is judged now. */
  readonly facts: readonly DangerFact[];
  readonly turn: number;
  readonly urgency: number;
}

export interface ReferralFilter {
  readonly authority?: string;
  readonly country?: string;
  /** `open`: no authority has taken it over, and it was not withdrawn. */
  readonly state?: ReferralRow['state'] | 'open';
}

export type ReferralOrder = 'urgent' | 'newest';

const orders: Readonly<Record<ReferralOrder, TableOrder>> = {
  urgent: { columns: ['turn', 'urgency', 'since', 'referral_id'], order: 'asc' },
  newest: { columns: ['made_at', 'referral_id'], order: 'desc' },
};

export const keysOf = {
  urgent: { keyOf: (row: ListedReferral): Key => [row.turn, row.urgency, row.since, row.referral_id], keyLength: 4 },
  newest: { keyOf: (row: ListedReferral): Key => [row.made_at, row.referral_id], keyLength: 2 },
} as const satisfies Record<ReferralOrder, object>;

const kept = ({ authority, country, state }: ReferralFilter) => {
  const conditions = [
    ...(authority === undefined ? [] : [sql`authority_id = ${authority}`]),
    ...(country === undefined ? [] : [sql`country = ${country}`]),
    ...(state === undefined
      ? []
      : state === 'open'
        ? [sql`state in ('available', 'downloaded')`]
        : [sql`state = ${state}`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
};

export const readReferrals = async (
  db: Db,
  filter: ReferralFilter,
  { order, stretch }: { readonly order: ReferralOrder; readonly stretch: Stretch },
): Promise<readonly ListedReferral[]> => {
  const table = orders[order];
  const way = sql.raw(orderOf(table, stretch));
  const inOrder = sql.join(table.columns.map((column) => sql`${sql.ref(column)} ${way}`));
  const { rows } = await sql<ListedReferral>`
    with page as materialized (
      select ${referralColumns}, urgency_lane, priority, since, lead_report::text, turn, urgency
        from clearinghouse.referral
       where ${kept(filter)} and ${isPast(table, stretch)}
       order by ${inOrder} limit ${stretch.limit} offset ${stretch.skip}
    )
    select page.*, lead.facts
      from page
     cross join lateral (select facts -> 'priority' as facts from clearinghouse.triage
                          where triage.report_number = page.lead_report::bigint order by version desc limit 1) as lead
     order by ${inOrder}`.execute(db);
  return rows;
};

export const countReferrals = async (db: Db, filter: ReferralFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from clearinghouse.referral where ${kept(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};
