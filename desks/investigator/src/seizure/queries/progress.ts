import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { PassId } from '../schema.js';

export interface UnitCounts {
  readonly done: number;
  readonly waiting: number;
  readonly stopped: number;
  readonly files: number;
  readonly bytes: number;
  readonly unreadable: number;
  readonly refused: number;
  /** What waiting units promise, and how many of them promise nothing. */
  readonly expectedFiles: number;
  readonly expectedBytes: number;
  readonly unknown: number;
}

export const countUnits = async (db: Db, passId: PassId): Promise<UnitCounts> => {
  const { rows } = await sql<UnitCounts>`
    select count(*) filter (where state = 'done') as done,
           count(*) filter (where state = 'waiting') as waiting,
           count(*) filter (where state = 'stopped-by-authority') as stopped,
           coalesce(sum(files), 0)::bigint as files,
           coalesce(sum(bytes), 0)::bigint as bytes,
           coalesce(sum(unreadable), 0)::bigint as unreadable,
           coalesce(sum(refused), 0)::bigint as refused,
           coalesce(sum(expected_files) filter (where state <> 'done'), 0)::bigint as "expectedFiles",
           coalesce(sum(expected_bytes) filter (where state <> 'done'), 0)::bigint as "expectedBytes",
           count(*) filter (where state <> 'done' and expected_files is null) as unknown
      from investigator.unit where pass_id = ${passId}`.execute(db);
  return rows[0] as UnitCounts;
};

export interface Lately {
  readonly units: number;
  readonly files: number;
  readonly bytes: number;
}

/** What was finished since a moment. */
export const doneSince = async (db: Db, passId: PassId, since: UtcInstant): Promise<Lately> => {
  const { rows } = await sql<Lately>`
    select count(*) as units, coalesce(sum(files), 0)::bigint as files, coalesce(sum(bytes), 0)::bigint as bytes
      from investigator.unit
     where pass_id = ${passId} and state = 'done' and finished_at >= ${since}`.execute(db);
  return rows[0] as Lately;
};

export interface Holdings {
  readonly files: number;
  readonly bytes: number;
  /** Contents that differ, and their bytes: what a store that keeps each once would hold. */
  readonly distinctFiles: number;
  readonly distinctBytes: number;
  readonly byClass: readonly { readonly fileClass: string; readonly files: number; readonly bytes: number }[];
  /** Archives of which no member is known, and their bytes. */
  readonly closedArchives: number;
  readonly closedArchiveBytes: number;
}

/** Of all sources of a case; files below the sources, not members of archives. */
export const countHoldings = async (db: Db, caseRef: string): Promise<Holdings> => {
  const { rows: totals } = await sql<Omit<Holdings, 'byClass' | 'closedArchives' | 'closedArchiveBytes'>>`
    select coalesce(sum(copies), 0)::bigint as files, coalesce(sum(copies * size), 0)::bigint as bytes,
           count(*) as "distinctFiles", coalesce(sum(size), 0)::bigint as "distinctBytes"
      from (select count(*) as copies, min(size) as size from investigator.item
             where case_ref = ${caseRef} and parent_item_id is null and state = 'digested'
             group by sha256) as content`.execute(db);
  const { rows: byClass } = await sql<Holdings['byClass'][number]>`
    select file_class as "fileClass", count(*) as files, coalesce(sum(size), 0)::bigint as bytes
      from investigator.item
     where case_ref = ${caseRef} and parent_item_id is null and state = 'digested'
     group by 1 order by 1`.execute(db);
  const { rows: closed } = await sql<Pick<Holdings, 'closedArchives' | 'closedArchiveBytes'>>`
    select count(*) as "closedArchives", coalesce(sum(size), 0)::bigint as "closedArchiveBytes"
      from investigator.item as archive
     where case_ref = ${caseRef} and file_class = 'archive'
       and not exists (select from investigator.item as member where member.parent_item_id = archive.item_id)`.execute(
    db,
  );
  const [total, archives] = [totals[0], closed[0]] as [Holdings, Holdings];
  return { ...total, ...archives, byClass };
};
