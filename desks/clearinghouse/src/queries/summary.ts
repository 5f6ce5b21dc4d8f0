import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { ReportTable } from '../schema.js';
import { tables } from './tables.js';

export const countReports = async (
  db: Db,
): Promise<readonly { readonly state: ReportTable['state']; readonly count: number }[]> =>
  await tables(db)
    .selectFrom('clearinghouse.report')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();

/** Reports that point at each country, the most first; one whose signals disagree counts for each, one without for `unknown`. */
export const countLocations = async (
  db: Db,
): Promise<readonly { readonly country: string; readonly count: number }[]> => {
  const { rows } = await sql<{ country: string; count: number }>`
    select coalesce(country, 'unknown') as country, count(*)::int as count
      from clearinghouse.location left join unnest(countries) as country on true
     group by 1 order by 2 desc, 1`.execute(db);
  return rows;
};
