import type { Db } from '@tutela/db';
import { sql } from 'kysely';

export interface Counts {
  readonly reports: number;
  /** Files that the reports name. */
  readonly named: number;
  /** Whose bytes are here. */
  readonly delivered: number;
  /** Whose bytes are not those that the report states. */
  readonly differing: number;
  /** That the provider did not view, or did not say so. */
  readonly locked: number;
}

export const countAll = async (db: Db): Promise<Counts> => {
  const { rows } = await sql<Counts>`
    select (select count(*)::int from investigator.report) as reports,
           count(*)::int as named,
           (count(*) filter (where exists (select from investigator.object o where o.file_id = f.file_id)))::int
             as delivered,
           (count(*) filter (where exists (
             select from investigator.object o where o.file_id = f.file_id and o.comparison = 'differs')))::int
             as differing,
           (count(*) filter (where f.viewed_by_esp is not true))::int as locked
      from investigator.file f`.execute(db);
  return rows[0] as Counts;
};
