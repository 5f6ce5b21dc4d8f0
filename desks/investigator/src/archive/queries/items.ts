import type { Db, Tx } from '@tutela/db';
import { type RawBuilder, sql } from 'kysely';
import type { ArchiveItem } from '../archive-item.js';

const columns = sql`
  item.item_id as "itemId", item.case_ref as "caseRef", item.source_id as "sourceId", source.kind as "sourceKind",
  source.locator, item.parent_item_id as "parentItemId", item.path, item.path_bytes as "pathBytes",
  item.path_sha256 as "pathSha256", item.size, item.sha256, item.account, item.modified_at as "modifiedAt",
  item.file_class as "fileClass", item.image_place as "imagePlace",
  case when item.parent_item_id is null then item.path else (
    with recursive above(item_id, parent_item_id, path, height) as (
      select item.item_id, item.parent_item_id, item.path, 0
      union all
      select up.item_id, up.parent_item_id, up.path, height + 1
        from above join investigator.item up on up.item_id = above.parent_item_id)
    select case when bool_and(path is not null) then string_agg(path, '/' order by height desc) end from above
  ) end as "fullPath",
  case when item.parent_item_id is null then 0 else coalesce((
    select parent.depth + 1 from investigator.archive_volume volume
      join investigator.archive_set parent using (set_id) where volume.item_id = item.parent_item_id), 1) end as depth`;

const joined = sql`investigator.item item join investigator.source source using (source_id)`;
/** Its bytes can be read again: in their place, out of the vault, or out of the image by their address. */
const readable = sql`(source.kind = 'folder' or item.parent_item_id is not null or item.image_place is not null)`;
const unexamined = sql`not exists (select from investigator.archive_volume volume where volume.item_id = item.item_id)`;

const read = async (db: Db | Tx, query: RawBuilder<ArchiveItem>): Promise<readonly ArchiveItem[]> =>
  (await query.execute(db)).rows;

/** Where a page of unexamined archives ends: they come folder by folder. */
export type PageEnd = readonly [sourceId: string, parent: number, folder: string, itemId: number];

export const listUnexamined = (
  db: Db,
  caseRef: string,
  { after, limit }: { readonly after: PageEnd | undefined; readonly limit: number },
): Promise<readonly ArchiveItem[]> => {
  const place = sql`item.source_id, coalesce(item.parent_item_id, 0), investigator.folder_of(item.path), item.item_id`;
  const beyond =
    after === undefined ? sql`true` : sql`(${place}) > (${after[0]}::uuid, ${after[1]}, ${after[2]}, ${after[3]})`;
  return read(
    db,
    sql`select ${columns} from ${joined}
         where item.case_ref = ${caseRef} and investigator.may_be_archive(item.file_class, item.path)
           and item.state = 'digested'
           and ${readable}
           and ${unexamined} and ${beyond}
         order by ${place} limit ${limit}`,
  );
};

/** Of these, those that no set holds yet, by id. */
export const itemsToExamine = (db: Db | Tx, itemIds: readonly number[]): Promise<readonly ArchiveItem[]> =>
  read(
    db,
    sql`select ${columns} from ${joined}
         where item.item_id = any(${itemIds}) and item.state = 'digested' and ${unexamined} order by item.item_id`,
  );

/**
 * Pictures whose SHA-256 lies in a stretch and that were not looked at under the authority that read them, copies of a
 * content side by side.
 * @param after where the last page ended
 */
export const picturesToLookAt = (
  db: Db,
  caseRef: string,
  { from, to }: { readonly from: string; readonly to: string | undefined },
  { after, limit }: { readonly after: readonly [sha256: string, itemId: number]; readonly limit: number },
): Promise<readonly ArchiveItem[]> =>
  read(
    db,
    sql`select ${columns} from ${joined}
         where item.case_ref = ${caseRef} and item.file_class = 'picture' and item.state = 'digested'
           and item.sha256 >= ${from} and (${to ?? null}::text is null or item.sha256 < ${to ?? null})
           and (item.sha256, item.item_id) > (${after[0]}, ${after[1]})
           and not exists (select from investigator.picture
                            where picture.case_ref = item.case_ref and picture.authority_id = item.authority_id
                              and picture.sha256 = item.sha256 and picture.outcome <> 'unread')
         order by item.sha256, item.item_id limit ${limit}`,
  );

/** Any file that was digested, an archive or not. */
export const itemById = async (db: Db, itemId: number): Promise<ArchiveItem | undefined> =>
  (await read(db, sql`select ${columns} from ${joined} where item.item_id = ${itemId} and item.state = 'digested'`))[0];

export const volumesOf = (db: Db | Tx, setId: string): Promise<readonly ArchiveItem[]> =>
  read(
    db,
    sql`select ${columns} from ${joined} join investigator.archive_volume held on held.item_id = item.item_id
         where held.set_id = ${setId} order by held.ordinal`,
  );

/** The files of the archives that these locks belong to, each with its lock. */
export const itemsOfLocks = async (
  db: Db | Tx,
  caseRef: string,
  lockKeys: readonly string[],
): Promise<readonly (ArchiveItem & { readonly lockKey: string; readonly setId: string })[]> =>
  (
    await sql<ArchiveItem & { lockKey: string; setId: string }>`
      select ${columns}, locked.lock_key as "lockKey", locked.set_id as "setId"
        from ${joined} join investigator.archive_volume held on held.item_id = item.item_id
        join investigator.archive_set_lock locked on locked.set_id = held.set_id
       where locked.case_ref = ${caseRef} and locked.lock_key = any(${lockKeys})
       order by locked.lock_key, locked.set_id, held.ordinal`.execute(db)
  ).rows;

/** Small texts that were not yet read for words under an authority: by content, or by how such files are called. */
export const textsToRead = (
  db: Db,
  { caseRef, authorityId, bytes, limit }: Harvesting,
  after: number,
): Promise<readonly ArchiveItem[]> =>
  read(
    db,
    sql`select ${columns} from ${joined}
         where item.case_ref = ${caseRef} and item.state = 'digested' and item.size between 1 and ${bytes}
           and item.item_id > ${after}
           and ${readable}
           and item.file_class in ('document', 'message', 'other')
           and (item.media_type like 'text/%' or item.media_type = 'message/rfc822'
                or item.path ~* '\\.(txt|nfo|diz|md|html?|log|csv|eml|url|ini)$')
           and not exists (select from investigator.harvested_item seen
                            where seen.item_id = item.item_id and seen.authority_id = ${authorityId})
         order by item.item_id limit ${limit}`,
  );

export interface Harvesting {
  readonly caseRef: string;
  readonly authorityId: string;
  /** Of a text at most. */
  readonly bytes: number;
  readonly limit: number;
}
