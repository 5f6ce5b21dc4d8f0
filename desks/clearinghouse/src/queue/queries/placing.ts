import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Tx } from '@tutela/db';
import { sql } from 'kysely';

/**
 * Puts judged reports where an analyst finds them: each in one item of the queue, alone or in the bundle that stands for
 * it. What may not wait stands alone. A bundle of files stands for a report only if every file of the report is in one; of
 * several, one that somebody decided on does, then an incident, then a picture, a file, an account.
 * Reports that nobody has judged are left out.
 */
export const placeReports = async (tx: Tx, reports: readonly ReportNumber[], at: UtcInstant): Promise<void> => {
  const { rows } = await sql<{ item: string }>`
    with placed as (
      select wanted.report_number, judged.version, stands.bundle_id
        from unnest(${reports}::bigint[]) as wanted(report_number)
       cross join lateral (select version, lane from clearinghouse.triage
                            where triage.report_number = wanted.report_number order by version desc limit 1) as judged
        left join lateral (
          select bundle.bundle_id from clearinghouse.bundle_member as member join clearinghouse.bundle using (bundle_id)
           where member.report_number = wanted.report_number and judged.lane <> 'crisis'
             and member.left_at is null and bundle.dissolved_at is null
             and (bundle.kind in ('incident', 'account') or not exists (
               select from clearinghouse.file left join clearinghouse.picture using (sha256)
                where file.report_number = wanted.report_number and not exists (
                  select from clearinghouse.bundle_member as other join clearinghouse.bundle as holds using (bundle_id)
                   where other.report_number = wanted.report_number
                     and other.left_at is null and holds.dissolved_at is null
                     and (holds.kind, holds.key) in (('file', file.sha256), ('picture', picture.seed)))))
           order by bundle.decided_label is null,
                    array_position(array['incident', 'picture', 'file', 'account'], bundle.kind),
                    bundle.made_at, bundle.bundle_id
           limit 1) as stands on true
    ), before as (
      select item from clearinghouse.placement where report_number = any(${reports}::bigint[])
    ), changed as (
      insert into clearinghouse.placement (report_number, version, item, bundle_id)
      select report_number, version, coalesce('bundle/' || bundle_id, 'report/' || report_number), bundle_id from placed
          on conflict (report_number) do update
         set version = excluded.version, item = excluded.item, bundle_id = excluded.bundle_id
      returning item
    )
    select item from before union select item from changed`.execute(tx);
  await renewItems(
    tx,
    rows.map(({ item }) => item),
    at,
  );
};

/** Every report that a bundle holds or held. */
export const membersOf = async (tx: Tx, bundleId: string): Promise<readonly ReportNumber[]> => {
  const { rows } = await sql<{ report_number: ReportNumber }>`
    select report_number::text as report_number from clearinghouse.bundle_member
     where bundle_id = ${bundleId}::uuid order by bundle_member.report_number`.execute(tx);
  return rows.map(({ report_number }) => report_number);
};

/** Items as their reports now are; those without reports go. `changed_at` moves only where a person would see it. */
const renewItems = async (tx: Tx, items: readonly string[], at: UtcInstant): Promise<void> => {
  await sql`
    delete from clearinghouse.queue_item
     where item = any(${items}::text[])
       and not exists (select from clearinghouse.placement where placement.item = queue_item.item)`.execute(tx);
  await sql`
    insert into clearinghouse.queue_item (item, report_number, bundle_id, lane, priority, completeness, label, state,
                                          countries, reports, since, changed_at)
    select standing.item,
           case when standing.bundle_id is null then min(standing.report_number) end, standing.bundle_id,
           case when bool_or(lane = 'crisis') then 'crisis' when bool_or(lane = 'normal') then 'normal'
                else 'diverted' end,
           max(priority), max(completeness),
           case when bool_or(label = 'referral') then 'referral' else 'informational' end,
           case when bool_and(label_origin <> 'policy') then 'decided' else 'waiting' end,
           coalesce((select array_agg(distinct country order by country)
                       from clearinghouse.placement as placed
                       join clearinghouse.location on location.report_number = placed.report_number
                      cross join unnest(location.countries) as country
                      where placed.item = standing.item), '{}'),
           count(*)::int, min(report.ended_at), ${at}::timestamptz
      from clearinghouse.standing join clearinghouse.report using (report_number)
     where standing.item = any(${items}::text[])
     group by standing.item, standing.bundle_id
        on conflict (item) do update
       set lane = excluded.lane, priority = excluded.priority, completeness = excluded.completeness,
           label = excluded.label, state = excluded.state, countries = excluded.countries, reports = excluded.reports,
           since = excluded.since, changed_at = excluded.changed_at
     where (queue_item.lane, queue_item.priority, queue_item.completeness, queue_item.label, queue_item.state,
            queue_item.countries, queue_item.reports, queue_item.since)
        is distinct from
           (excluded.lane, excluded.priority, excluded.completeness, excluded.label, excluded.state,
            excluded.countries, excluded.reports, excluded.since)`.execute(tx);
};
