import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type RawBuilder, sql } from 'kysely';
import type { EventsBody, FilterBody, FreezesBody, RolesBody } from './api/oversight.js';

const most = 2000;

export const listFreezes = async (db: Db): Promise<FreezesBody['freezes']> =>
  (
    await sql<FreezesBody['freezes'][number]>`
      select frozen.freeze_id as "freezeId", frozen.case_ref as "caseRef", extent,
             coalesce(item_ref, source_id::text) as object, found_under as "foundUnder", frozen_at as "frozenAt",
             frozen_by as "frozenBy", lifted_at as "liftedAt", lifted_by as "liftedBy", authority_id as "authorityId"
        from policy.freeze as frozen left join policy.freeze_lift as lift using (freeze_id)
       order by lifted_at is not null, frozen_at desc, frozen.freeze_id limit ${most}`.execute(db)
  ).rows;

/** Names, and how the filter team ruled; the reasons stay with it. */
export const listFilterItems = async (db: Db): Promise<FilterBody['items']> =>
  (
    await sql<FilterBody['items'][number]>`
      select case_ref as "caseRef", item_ref as "itemRef", routed_at as "routedAt", routed_by as "routedBy",
             coalesce(ruling, 'waiting') as state, ruled_at as "ruledAt", ruled_by as "ruledBy"
        from policy.routing left join policy.filter_ruling using (case_ref, item_ref)
       order by ruled_at is not null, routed_at desc, item_ref limit ${most}`.execute(db)
  ).rows;

export const listRoles = async (db: Db): Promise<RolesBody['roles']> =>
  (
    await sql<RolesBody['roles'][number]>`
      select case_ref as "caseRef", person_id as person, role, granted_at as "grantedAt", granted_by as "grantedBy"
        from policy.case_role where ended_at is null order by case_ref, role, person_id limit ${most}`.execute(db)
  ).rows;

export interface EventFilter {
  readonly case?: string;
  readonly type?: string;
}

const newestFirst: TableOrder = { columns: ['leaf.index'], order: 'desc' };

const found = ({ case: caseRef, type }: EventFilter): RawBuilder<unknown> => sql`
  ledger.leaf join ledger.event on event.id = leaf.event_id
  where (${caseRef ?? null}::text is null or leaf.case_ref = ${caseRef ?? null})
    and (${type ?? null}::text is null or starts_with(event.entry::jsonb ->> 'type', ${type ?? null}))`;

export const windowOfEvents = async (db: Db, filter: EventFilter, stretch: Stretch): Promise<EventsBody['rows']> =>
  (
    await sql<EventsBody['rows'][number]>`
      select leaf.index, said ->> 'at' as at, said ->> 'type' as type, said ->> 'actor' as actor,
             coalesce((select array_agg(value) from jsonb_array_elements_text(said -> 'subjects')), '{}') as subjects,
             leaf.case_ref as "caseRef", leaf.case_seq as "caseSeq", encode(leaf.hash, 'hex') as "leafHash"
        from (select leaf.*, event.entry::jsonb as said from ${found(filter)} and ${isPast(newestFirst, stretch)}
               order by leaf.index ${sql.raw(orderOf(newestFirst, stretch))}
              offset ${stretch.skip} limit ${stretch.limit}) as leaf
       order by leaf.index ${sql.raw(orderOf(newestFirst, stretch))}`.execute(db)
  ).rows;

/** The log is dense: all of it is counted by its last place. */
export const countEvents = async (db: Db, filter: EventFilter): Promise<number> => {
  const whole = filter.case === undefined && filter.type === undefined;
  const { rows } = await (whole
    ? sql<{ count: number }>`select coalesce(max(index) + 1, 0)::bigint as count from ledger.leaf`
    : sql<{ count: number }>`select count(*) as count from ${found(filter)}`
  ).execute(db);
  return rows[0]?.count ?? 0;
};
