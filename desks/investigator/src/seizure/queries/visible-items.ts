import type { Db } from '@tutela/db';
import { type Selectable, sql } from 'kysely';
import type { FileClass, ItemId, ItemTable, SourceId } from '../schema.js';
import { seizureTables } from './sources.js';

export type ItemRow = Selectable<ItemTable>;

export interface ItemFilter {
  readonly caseRef: string;
  readonly sourceId?: SourceId;
  readonly fileClass?: FileClass;
  readonly account?: string;
  readonly sha256?: string;
  /** Of the page before, the last `item_id`. */
  readonly after?: ItemId;
}

/** Rows of authorities in force, asked once for each authority of the case and not for each row. */
export const selectVisible = async (
  db: Db,
  filter: ItemFilter & { readonly limit: number },
  whose: 'with-filter' | 'without-filter',
): Promise<readonly ItemRow[]> => {
  const { caseRef, sourceId, fileClass, account, sha256, after, limit } = filter;
  const withFilter = sql<boolean>`policy.with_filter(case_ref, 'item/' || item_id)`;
  let query = seizureTables(db)
    .selectFrom('investigator.item')
    .selectAll()
    .where('case_ref', '=', caseRef)
    .where(
      sql<boolean>`authority_id = any(array(
        select distinct authority_id from policy.authority_version
         where case_ref = ${caseRef} and policy.visible(authority_id)))`,
    )
    .where(whose === 'with-filter' ? withFilter : sql<boolean>`not ${withFilter}`)
    .orderBy('item_id')
    .limit(limit);
  if (sourceId !== undefined) query = query.where('source_id', '=', sourceId);
  if (fileClass !== undefined) query = query.where('file_class', '=', fileClass);
  if (account !== undefined) query = query.where('account', '=', account);
  if (sha256 !== undefined) query = query.where('sha256', '=', sha256);
  if (after !== undefined) query = query.where('item_id', '>', after);
  return query.execute();
};
