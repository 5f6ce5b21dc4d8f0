import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { ItemId } from '../schema.js';

/** Of a file with the archives that it lies in, outermost first; `null` where a name of them is not kept. */
export const fullPathOf = async (db: Db, itemId: ItemId): Promise<string | null> => {
  const { rows } = await sql<{ path: string | null }>`
    with recursive above(parent_item_id, path, height) as (
      select parent_item_id, path, 0 from investigator.item where item_id = ${itemId}
      union all
      select up.parent_item_id, up.path, height + 1
        from above join investigator.item up on up.item_id = above.parent_item_id)
    select case when bool_and(path is not null) then string_agg(path, '/' order by height desc) end as path
      from above`.execute(db);
  return rows[0]?.path ?? null;
};
