import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { OverviewBody } from '../api/overview.js';

/** Days up to and with the one of `now`, in UTC. */
export const overviewDays = async (db: Db, now: UtcInstant, days: number): Promise<OverviewBody['days']> => {
  const { rows } = await sql<OverviewBody['days'][number]>`
    with days as (
      select day from generate_series(
        date_trunc('day', ${now}::timestamptz at time zone 'UTC') - make_interval(days => ${days - 1}),
        date_trunc('day', ${now}::timestamptz at time zone 'UTC'), '1 day') day),
    since as (select min(day) at time zone 'UTC' as at from days),
    uploads as (select date_trunc('day', received_at at time zone 'UTC') as day, count(*)::int as n
                  from platform.upload where received_at >= (select at from since) group by 1),
    found as (select date_trunc('day', found_at at time zone 'UTC') as day, count(*)::int as n
                from platform.match where found_at >= (select at from since) group by 1),
    decided as (select date_trunc('day', decided_at at time zone 'UTC') as day, count(*)::int as n
                  from platform.decision where decided_at >= (select at from since) group by 1),
    filed as (select date_trunc('day', finished_at at time zone 'UTC') as day, count(*)::int as n
                from platform.filing where state = 'finished' and finished_at >= (select at from since) group by 1),
    took as (select date_trunc('day', finished_at at time zone 'UTC') as day,
                    percentile_cont(0.5) within group (order by extract(epoch from finished_at - found_at)) as seconds
               from platform.filing
               join platform.filing_file file on file.filing = filing.id
               join platform.match on match.id = file.match
              where state = 'finished' and finished_at >= (select at from since) group by 1)
    select to_char(days.day, 'YYYY-MM-DD') as day, coalesce(uploads.n, 0) as uploads, coalesce(found.n, 0) as found,
           coalesce(decided.n, 0) as decided, coalesce(filed.n, 0) as filed, took.seconds as "medianSeconds"
      from days left join uploads using (day) left join found using (day) left join decided using (day)
      left join filed using (day) left join took using (day)
     order by days.day`.execute(db);
  return rows;
};

export const overviewSums = async (db: Db): Promise<Omit<OverviewBody, 'days'>> => {
  const { rows } = await sql<Omit<OverviewBody, 'days'>>`
    with waiting as (
      select match.id, found_at from platform.match
       where not exists (select from platform.decision where decision.match = match.id)),
    filings as (
      select count(*) filter (where state = 'finished')::int as filed,
             count(*) filter (where state in ('ready', 'open'))::int as "underWay",
             count(*) filter (where state in ('ready', 'open') and failures > 0)::int as failing,
             count(*) filter (where state = 'refused')::int as refused
        from platform.filing)
    select (select count(*)::int from waiting) as "matchesWaiting",
           (select min(found_at) from waiting) as "oldestWaiting",
           (select count(distinct stack)::int from platform.stack_member member
             join waiting on waiting.id = member.match) as "stacksWaiting",
           (select percentile_cont(0.5) within group (order by extract(epoch from finished_at - found_at))
              from platform.filing join platform.filing_file file on file.filing = filing.id
              join platform.match on match.id = file.match where state = 'finished') as "medianSeconds",
           filings.*
      from filings`.execute(db);
  const [sums] = rows;
  if (sums === undefined) throw new TypeError('a sum over all rows is one row');
  return sums;
};
