import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';

export interface AccessTarget {
  readonly account: string;
  readonly address: string;
  readonly port: number | null;
  readonly at: UtcInstant;
}

/** Accesses under authorities in force, oldest first: records of old ones are deleted first. */
export const accessTargets = async (db: Db, caseRef: string, limit: number): Promise<readonly AccessTarget[]> =>
  (
    await sql<AccessTarget>`
      select account, host(address) as address, port, at from investigator.access
       where case_ref = ${caseRef} and account is not null
         and authority_id = ${anyVisibleAuthority(caseRef)}
       order by at, import_id, line limit ${limit}`.execute(db)
  ).rows;

export interface VicsRow {
  readonly itemId: number;
  readonly path: string | null;
  readonly size: number;
  readonly md5: string;
  readonly sha1: string;
  readonly mediaType: string | null;
  readonly modifiedAt: UtcInstant | null;
  readonly exhibit: string;
  readonly parentMd5: string | null;
  readonly parentPath: string | null;
}

/** Files of the newest comparison that were known by a digest, in the order of their ids: near ones are leads. */
export const knownFileRows = async (
  db: Db,
  caseRef: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly VicsRow[]> =>
  (
    await sql<VicsRow>`
      select item.item_id as "itemId", item.path, item.size, item.md5, item.sha1, item.media_type as "mediaType",
             item.modified_at as "modifiedAt", exhibit.number as exhibit, parent.md5 as "parentMd5",
             parent.path as "parentPath"
        from investigator.known_match as match
        join investigator.item as item using (item_id)
        join investigator.source as source on source.source_id = item.source_id
        join investigator.exhibit as exhibit using (exhibit_id)
        left join investigator.item as parent on parent.item_id = item.parent_item_id
       where match.run_id = (select run_id from investigator.known_run where case_ref = ${caseRef}
                              order by ran_at desc, run_id limit 1)
         and match.by_digest <> 'pdq'
         and match.authority_id = ${anyVisibleAuthority(caseRef)} and item.item_id > ${after}
       order by item.item_id limit ${limit}`.execute(db)
  ).rows;
