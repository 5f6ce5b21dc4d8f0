import type { Tx } from '@tutela/db';
import { type Insertable, sql } from 'kysely';
import type { ItemId, ItemTable, SourceId, UnitId } from '../schema.js';

/** An item as its unit found it, and the SHA-256 of its extents where it has several. */
export interface FoundItem {
  readonly row: Insertable<ItemTable>;
  readonly extents: readonly string[];
}

/**
 * Writes the items of a unit: those that are known keep their `item_id`, those that are no longer found go, unless
 * something was derived from them.
 */
export const replaceItems = async (
  tx: Tx,
  unit: { readonly unitId: UnitId; readonly attempt: number; readonly extentBytes: number },
  items: readonly FoundItem[],
): Promise<void> => {
  if (unit.attempt > 0) await dropOthers(tx, unit.unitId, items);
  for (let from = 0; from < items.length; from += portion) await upsert(tx, items.slice(from, from + portion));
  for (const { row, extents } of items) {
    if (extents.length > 0) await insertExtents(tx, row, extents, unit.extentBytes);
  }
};

const portion = 5000;

const dropOthers = async (tx: Tx, unitId: UnitId, items: readonly FoundItem[]): Promise<void> => {
  await sql`
    delete from investigator.item
     where unit_id = ${unitId} and parent_item_id is null
       and not path_sha256 = any(${items.map(({ row }) => row.path_sha256)}::text[])
       and not exists (select from investigator.item as member where member.parent_item_id = item.item_id)`.execute(tx);
};

const upsert = async (tx: Tx, items: readonly FoundItem[]): Promise<void> => {
  const column = <Name extends keyof Insertable<ItemTable>>(name: Name) => items.map(({ row }) => row[name] ?? null);
  await sql`
    insert into investigator.item (case_ref, source_id, parent_item_id, unit_id, path, path_bytes, path_sha256, size,
                                   sha256, sha1, md5, file_class, media_type, state, modified_at, account,
                                   image_place, authority_id, decision_id)
    select * from unnest(
      ${column('case_ref')}::text[], ${column('source_id')}::uuid[], ${column('parent_item_id')}::bigint[],
      ${column('unit_id')}::uuid[], ${column('path')}::text[], ${column('path_bytes')}::bytea[],
      ${column('path_sha256')}::text[], ${column('size')}::bigint[], ${column('sha256')}::text[],
      ${column('sha1')}::text[], ${column('md5')}::text[], ${column('file_class')}::text[],
      ${column('media_type')}::text[], ${column('state')}::text[], ${column('modified_at')}::timestamptz[],
      ${column('account')}::text[], ${column('image_place')}::text[], ${column('authority_id')}::uuid[],
      ${column('decision_id')}::uuid[])
    on conflict (source_id, parent_item_id, path_sha256) do update
       set unit_id = excluded.unit_id, path = excluded.path, path_bytes = excluded.path_bytes, size = excluded.size,
           sha256 = excluded.sha256, sha1 = excluded.sha1, md5 = excluded.md5, file_class = excluded.file_class,
           media_type = excluded.media_type, state = excluded.state, modified_at = excluded.modified_at,
           account = excluded.account, image_place = excluded.image_place,
           authority_id = excluded.authority_id, decision_id = excluded.decision_id`.execute(tx);
};

const insertExtents = async (
  tx: Tx,
  row: { readonly source_id: SourceId; readonly path_sha256: string; readonly size: number },
  extents: readonly string[],
  extentBytes: number,
): Promise<void> => {
  const { rows } = await sql<{ item_id: ItemId }>`
    select item_id from investigator.item
     where source_id = ${row.source_id} and parent_item_id is null and path_sha256 = ${row.path_sha256}`.execute(tx);
  const itemId = rows[0]?.item_id;
  await sql`delete from investigator.extent where item_id = ${itemId}`.execute(tx);
  await sql`
    insert into investigator.extent (item_id, ordinal, offset_bytes, length_bytes, sha256)
    select ${itemId}, ordinal - 1, (ordinal - 1) * ${extentBytes}::bigint,
           least(${extentBytes}::bigint, ${row.size}::bigint - (ordinal - 1) * ${extentBytes}::bigint), sha256
      from unnest(${extents}::text[]) with ordinality as given(sha256, ordinal)`.execute(tx);
};
