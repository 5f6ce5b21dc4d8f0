import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { UnitId } from '../schema.js';

export const unitsThatDiffer = async (db: Db, caseRef: string): Promise<readonly UnitId[]> => {
  const { rows } = await sql<{ unit_id: UnitId }>`
    select unit_id from investigator.unit
      join (select distinct on (source_id) pass_id, state from investigator.pass
             where case_ref = ${caseRef} order by source_id, order_in_desk desc) as newest using (pass_id)
     where newest.state = 'ended' and items_sha256 is distinct from investigator.unit_digest(unit_id)
     order by unit_id`.execute(db);
  return rows.map(({ unit_id }) => unit_id);
};
