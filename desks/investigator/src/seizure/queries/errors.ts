import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { PassId } from '../schema.js';

export interface PassError {
  readonly of: 'unit' | 'file';
  readonly cause: string;
  readonly count: number;
}

/** What did not go well in a pass, by cause: units that failed or were stopped, and files without a digest. */
export const errorsOfPass = async (db: Db, passId: PassId): Promise<readonly PassError[]> =>
  (
    await sql<PassError>`
      select 'unit' as of, coalesce(reason, state) as cause, count(*) as count
        from investigator.unit where pass_id = ${passId} and state in ('failed', 'stopped-by-authority') group by 2
      union all
      select 'file', 'unreadable', sum(unreadable)::bigint from investigator.unit where pass_id = ${passId}
       having sum(unreadable) > 0
      union all
      select 'file', 'refused-by-authority', sum(refused)::bigint from investigator.unit where pass_id = ${passId}
       having sum(refused) > 0
       order by 1 desc, 3 desc, 2`.execute(db)
  ).rows;
