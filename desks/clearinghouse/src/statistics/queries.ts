import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';

/** From `from` (included) to `to` (not included): reports finished then. */
export interface Period {
  readonly from: UtcInstant;
  readonly to: UtcInstant;
}

export interface Count {
  readonly dimension: string;
  readonly value: string;
  readonly count: number;
}

/** How many finished reports have each value of each dimension that may be published (protocols.md §8.3). */
export const countsOf = async (db: Db, { from, to }: Period): Promise<readonly Count[]> => {
  const { rows } = await sql<Count>`
    with chosen as (
      select report.report_number, report.incident_type, standing.label, standing.lane, standing.label_origin,
             standing.item like 'bundle/%' as bundled
        from clearinghouse.report left join clearinghouse.standing using (report_number)
       where report.state = 'finished' and ended_at >= ${from}::timestamptz and ended_at < ${to}::timestamptz
    ), told as (
      select 'all' as dimension, 'reports' as value from chosen
       union all select 'incident-type', incident_type from chosen
       union all select 'label', coalesce(label, 'not-judged') from chosen
       union all select 'lane', lane from chosen where lane is not null
       union all select 'labelled-by', label_origin from chosen where label_origin is not null
       union all select 'shown-as', case when bundled then 'part-of-a-bundle' else 'by-itself' end from chosen
                  where label is not null
       union all select 'country', coalesce(country, 'unknown')
                   from chosen join clearinghouse.location using (report_number)
                   left join unnest(location.countries) as country on true
       union all select 'files', case (details.content ->> 'fileViewedByEsp')
                                   when 'true' then 'viewed' when 'false' then 'not-viewed' else 'not-stated' end
                   from chosen join clearinghouse.file using (report_number)
                   left join clearinghouse.file_details as details using (file_id)
    )
    select dimension, value, count(*)::int as count from told group by 1, 2 order by 1, 3 desc, 2`.execute(db);
  return rows;
};

export interface Median {
  readonly measure: 'hours-from-upload-to-report' | 'seconds-to-judgement' | 'completeness' | 'priority';
  /** Null where nothing was measured. */
  readonly median: number | null;
  readonly of: number;
}

export const mediansOf = async (db: Db, { from, to }: Period): Promise<readonly Median[]> => {
  const { rows } = await sql<Median>`
    with chosen as (
      select report_number, ended_at from clearinghouse.report
       where state = 'finished' and ended_at >= ${from}::timestamptz and ended_at < ${to}::timestamptz
    ), first as (
      select chosen.ended_at, triage.* from chosen join clearinghouse.triage using (report_number) where version = 1
    ), measured as (
      select 'hours-from-upload-to-report' as measure,
             extract(epoch from ended_at - (details.content ->> 'uploadedToEspTimestamp')::timestamptz) / 3600 as value
        from chosen join clearinghouse.file using (report_number)
        join clearinghouse.file_details as details using (file_id)
       where details.content ->> 'uploadedToEspTimestamp' ~ '^[12]\\d{3}-.*(Z|[+-]\\d\\d:\\d\\d)$'
       union all select 'seconds-to-judgement', extract(epoch from triaged_at - ended_at) from first
       union all select 'completeness', completeness from first
       union all select 'priority', priority from first
    )
    select named.measure, round((percentile_cont(0.5) within group (order by measured.value))::numeric, 1)::float8 as median,
           count(measured.value)::int as of
      from unnest(array['hours-from-upload-to-report', 'seconds-to-judgement', 'completeness', 'priority'])
             with ordinality as named(measure, ord)
      left join measured using (measure) group by named.measure, named.ord order by named.ord`.execute(db);
  return rows;
};
