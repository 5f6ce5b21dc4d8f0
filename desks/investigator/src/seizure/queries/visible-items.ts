import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type Selectable, sql } from 'kysely';
import type { FileClass, ItemId, ItemState, ItemTable, SourceId } from '../schema.js';
import { seizureTables } from './sources.js';

export type ItemRow = Selectable<ItemTable>;

export interface ItemFilter {
  readonly caseRef: string;
  readonly sourceId?: SourceId;
  readonly fileClass?: FileClass;
  readonly state?: ItemState;
  readonly account?: string;
  readonly sha256?: string;
  /** In the stack of look-alikes that this content leads. */
  readonly stack?: string;
  /** Members of this archive. */
  readonly parentItemId?: ItemId;
}

/** Default: from the first one on. */
export type ItemWindow = Partial<Stretch> & Pick<Stretch, 'limit'>;

const byId: TableOrder = { columns: ['item_id'], order: 'asc' };

export type Whose = 'with-filter' | 'without-filter';
const withFilter = sql<boolean>`policy.with_filter(case_ref, 'item/' || item_id)`;

/** Rows of authorities in force, asked once for each authority of the case and not for each row. */
const inForce = (db: Db, filter: ItemFilter) => {
  const { caseRef, sourceId, fileClass, state, account, sha256, stack, parentItemId } = filter;
  let query = seizureTables(db)
    .selectFrom('investigator.item')
    .where('case_ref', '=', caseRef)
    .where(
      sql<boolean>`authority_id = any(array(
        select distinct authority_id from policy.authority_version
         where case_ref = ${caseRef} and policy.visible(authority_id)))`,
    );
  if (sourceId !== undefined) query = query.where('source_id', '=', sourceId);
  if (fileClass !== undefined) query = query.where('file_class', '=', fileClass);
  if (state !== undefined) query = query.where('state', '=', state);
  if (account !== undefined) query = query.where('account', '=', account);
  if (sha256 !== undefined) query = query.where('sha256', '=', sha256);
  if (stack !== undefined)
    query = query.where(
      sql<boolean>`sha256 in (select sha256 from investigator.visible_look_alikes(${caseRef}) where leader_sha256 = ${stack})`,
    );
  if (parentItemId !== undefined) query = query.where('parent_item_id', '=', parentItemId);
  return query;
};

export const selectVisible = async (
  db: Db,
  { direction = 'down', past, skip = 0, limit, ...filter }: ItemFilter & ItemWindow,
  whose: Whose,
): Promise<readonly ItemRow[]> =>
  inForce(db, filter)
    .selectAll()
    .where(whose === 'with-filter' ? withFilter : sql<boolean>`not ${withFilter}`)
    .where(isPast(byId, { direction, past, skip, limit }))
    .orderBy('item_id', orderOf(byId, { direction }))
    .offset(skip)
    .limit(limit)
    .execute();

/** How many there are. The few that the filter team has are looked up by their names, not looked for among millions. */
export const countVisible = async (db: Db, filter: ItemFilter, whose: Whose): Promise<number> => {
  const counted = (query: ReturnType<typeof inForce>) =>
    query.select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const routed = sql<boolean>`item_id = any(array(
    select substring(item_ref from 6)::bigint from policy.routing
     where case_ref = ${filter.caseRef} and item_ref ~ '^item/[0-9]{1,18}$'
       and policy.with_filter(case_ref, item_ref)))`;
  const { count: held } = await counted(inForce(db, filter).where(routed));
  return whose === 'with-filter' ? held : (await counted(inForce(db, filter))).count - held;
};

/** One of them. */
export const findVisible = async (
  db: Db,
  caseRef: string,
  itemId: ItemId,
  whose: Whose,
): Promise<ItemRow | undefined> =>
  inForce(db, { caseRef })
    .selectAll()
    .where('item_id', '=', itemId)
    .where(whose === 'with-filter' ? withFilter : sql<boolean>`not ${withFilter}`)
    .executeTakeFirst();
