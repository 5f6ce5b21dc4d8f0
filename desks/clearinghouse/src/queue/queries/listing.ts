import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type RawBuilder, sql } from 'kysely';
import type { BundleKind } from '../../bundle/keys.js';
import type { DangerFact, Label, Lane, WeighedFact } from '../../triage/judge.js';

export interface ItemRow {
  readonly item: string;
  readonly report_number: ReportNumber | null;
  readonly bundle_id: string | null;
  readonly bundle_kind: BundleKind | null;
  readonly lane: Lane;
  readonly priority: number;
  readonly completeness: number;
  readonly label: Label;
  readonly state: 'waiting' | 'decided';
  readonly countries: readonly string[];
  readonly reports: number;
  readonly organisation: string | null;
  readonly incident_type: string | null;
  readonly since: UtcInstant;
  readonly changed_at: UtcInstant;
  readonly claimed_by: string | null;
  readonly claimed_at: UtcInstant | null;
  /** Nothing has changed since the person who asks last looked. */
  readonly seen: 'read' | 'unread';
  /** Of the report of the highest priority in it: what both numbers are made of. */
  readonly facts: { readonly completeness: readonly WeighedFact[]; readonly priority: readonly DangerFact[] };
  readonly turn: number;
  readonly urgency: number;
}

export interface QueueFilter {
  readonly lane?: Lane;
  readonly label?: Label;
  readonly state?: ItemRow['state'];
  /** ISO 3166 code, or `unknown`: no report of the item points anywhere. */
  readonly country?: string;
  /** A person, `nobody` or `somebody`. */
  readonly claimed?: string;
}

/** What may not wait, then the higher priority, then the older. */
const queueOrder: TableOrder = {
  columns: ['queue_item.turn', 'queue_item.urgency', 'queue_item.since', 'queue_item.item'],
  order: 'asc',
};

/** Of the items of one page alone, since a bundle may hold thousands. */
const explained = (page: RawBuilder<unknown>) => sql<ItemRow>`
  with page as materialized (${page})
  select page.*, lead.facts from page
   cross join lateral (select triage.facts from clearinghouse.placement
                         join clearinghouse.triage using (report_number, version)
                        where placement.item = page.item
                        order by triage.priority desc, triage.report_number limit 1) as lead`;

const selected = (person: string) => sql`
  select queue_item.item, queue_item.report_number::text as report_number, queue_item.bundle_id,
         bundle.kind as bundle_kind, queue_item.lane, queue_item.priority, queue_item.completeness, queue_item.label,
         queue_item.state, queue_item.countries, queue_item.reports, reporter.organisation, report.incident_type,
         queue_item.since, queue_item.changed_at, claim.claimed_by, claim.claimed_at, queue_item.turn, queue_item.urgency,
         case when read_mark.read_at >= queue_item.changed_at then 'read' else 'unread' end as seen
    from clearinghouse.queue_item
    left join clearinghouse.bundle on bundle.bundle_id = queue_item.bundle_id
    left join clearinghouse.report on report.report_number = queue_item.report_number
    left join clearinghouse.reporter on reporter.reporter_id = report.reporter_id
    left join clearinghouse.claim on claim.item = queue_item.item
    left join clearinghouse.read_mark on read_mark.item = queue_item.item and read_mark.person = ${person}`;

const kept = ({ lane, label, state, country, claimed }: QueueFilter) => {
  const conditions = [
    ...(lane === undefined ? [] : [sql`queue_item.lane = ${lane}`]),
    ...(label === undefined ? [] : [sql`queue_item.label = ${label}`]),
    ...(state === undefined ? [] : [sql`queue_item.state = ${state}`]),
    ...(country === undefined
      ? []
      : country === 'unknown'
        ? [sql`queue_item.countries = '{}'`]
        : [sql`queue_item.countries @> array[${country}]::text[]`]),
    ...(claimed === undefined
      ? []
      : claimed === 'nobody'
        ? [sql`claim.item is null`]
        : claimed === 'somebody'
          ? [sql`claim.item is not null`]
          : [sql`claim.claimed_by = ${claimed}`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
};

export const readQueue = async (
  db: Db,
  { filter, person, stretch }: { readonly filter: QueueFilter; readonly person: string; readonly stretch: Stretch },
): Promise<readonly ItemRow[]> => {
  const order = sql.raw(orderOf(queueOrder, stretch));
  const columns = sql.join(queueOrder.columns.map((column) => sql`${sql.ref(column)} ${order}`));
  const page = sql`
    ${selected(person)}
     where ${kept(filter)} and ${isPast(queueOrder, stretch)}
     order by ${columns} limit ${stretch.limit} offset ${stretch.skip}`;
  const pageOrder = sql.join(
    ['turn', 'urgency', 'since', 'item'].map((column) => sql`${sql.ref(`page.${column}`)} ${order}`),
  );
  const { rows } = await sql<ItemRow>`${explained(page)} order by ${pageOrder}`.execute(db);
  return rows;
};

export const countQueue = async (db: Db, filter: QueueFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from clearinghouse.queue_item
      left join clearinghouse.claim on claim.item = queue_item.item
     where ${kept(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};

export const findItem = async (db: Db, item: string, person: string): Promise<ItemRow | undefined> => {
  const { rows } = await explained(sql`${selected(person)} where queue_item.item = ${item}`).execute(db);
  return rows[0];
};
