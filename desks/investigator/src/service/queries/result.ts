import type { Db } from '@tutela/db';
import { sql } from 'kysely';

export interface ArchiveKindRow {
  readonly format: string;
  readonly encryption: string;
  /** As the states of archives are called. */
  readonly state: string;
  readonly archives: number;
}

export const archivesByKind = async (db: Db, caseRef: string): Promise<readonly ArchiveKindRow[]> =>
  (
    await sql<ArchiveKindRow>`
      select coalesce(format, 'unknown') as format, coalesce(encryption, 'unknown') as encryption, state,
             count(*) as archives
        from investigator.archive_set where case_ref = ${caseRef} group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  ).rows;

/** Each archive of a source by the path of its first volume, with its state. */
export const archiveStates = async (
  db: Db,
  caseRef: string,
): Promise<readonly { readonly path: string; readonly state: string }[]> =>
  (
    await sql<{ path: string; state: string }>`
      select item.path, found.state
        from investigator.archive_set as found
        join investigator.archive_volume as volume on volume.set_id = found.set_id and volume.ordinal =
             (select min(ordinal) from investigator.archive_volume where set_id = found.set_id)
        join investigator.item as item on item.item_id = volume.item_id
       where found.case_ref = ${caseRef} and item.parent_item_id is null and item.path is not null
       order by item.path`.execute(db)
  ).rows;

/** Items whose path begins so: nothing where no authority covers the folder. */
export const itemsBelow = async (db: Db, caseRef: string, folder: string): Promise<number> => {
  const { rows } = await sql<{ items: number }>`
    select count(*) as items from investigator.item
     where case_ref = ${caseRef} and parent_item_id is null
       and (starts_with(path, ${folder}) or account = ${folder.split('/').at(-2) ?? ''})`.execute(db);
  return rows[0]?.items ?? 0;
};

/**
 * SHA-256 over what a seizure came to: files and members with their digests, archives with their locks and states, which
 * locks have a verified password, what the service's records say, what pictures look like and which files the newest
 * comparison found. Ids, times and the order of work are no part of it,
 * so that a run that was disturbed compares equal with one that was not.
 */
export const seizureResultDigest = async (db: Db, caseRef: string): Promise<string> => {
  const { rows } = await sql<{ digest: string }>`
    with recursive placed(item_id, place) as (
      select item_id, path_sha256 from investigator.item where case_ref = ${caseRef} and parent_item_id is null
      union all
      select member.item_id, placed.place || '/' || member.path_sha256
        from placed join investigator.item as member on member.parent_item_id = placed.item_id)
    select encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by line collate "C"), ''), 'UTF8')), 'hex') as digest
      from (
        select concat_ws(' ', 'item', place, size, coalesce(sha256, '-'), file_class, state, coalesce(account, '-')) as line
          from placed join investigator.item using (item_id)
        union all
        select concat_ws(' ', 'archive', place, format, encryption, found.state)
          from investigator.archive_set as found join investigator.archive_volume as volume using (set_id)
          join placed using (item_id) where found.case_ref = ${caseRef}
        union all
        select distinct concat_ws(' ', 'secret', lock_key, authority_id, verified)
          from investigator.archive_secret where case_ref = ${caseRef}
        union all
        select concat_ws(' ', 'records', place, format, imported, bad, refused)
          from investigator.service_import join placed using (item_id) where service_import.case_ref = ${caseRef}
        union all
        select distinct concat_ws(' ', 'picture', sha256, authority_id, outcome, coalesce(encode(pdq, 'hex'), '-'),
                                  coalesce(encode(turned, 'hex'), '-'), quality)
          from investigator.picture where case_ref = ${caseRef}
        union all
        select concat_ws(' ', 'match', place, by_digest, line, distance, variant)
          from investigator.known_match join placed using (item_id)
         where run_id = (select run_id from investigator.known_run where case_ref = ${caseRef}
                          order by ran_at desc, run_id limit 1)
      ) as said`.execute(db);
  return rows[0]?.digest ?? '';
};
