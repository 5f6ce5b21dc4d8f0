import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { Variant } from '@tutela/fingerprint';
import { sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';
import type { KnownCounts } from '../known-files.js';
import type { KnownRunId } from '../schema.js';

export interface ComparableItem {
  readonly itemId: number;
  readonly sourceId: string;
  readonly fullPath: string | null;
  readonly account: string | null;
  readonly modifiedAt: UtcInstant | null;
  readonly fileClass: string;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
}

/** Files with digests, by id; a member of an archive lies below the archive's own path. */
export const itemsToCompare = async (
  tx: Tx,
  caseRef: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly ComparableItem[]> =>
  (
    await sql<ComparableItem>`
      select item_id as "itemId", source_id as "sourceId", account, modified_at as "modifiedAt",
             file_class as "fileClass", sha256, sha1, md5,
             case when parent_item_id is null then path else (
               with recursive above(parent_item_id, path, height) as (
                 select item.parent_item_id, item.path, 0
                 union all
                 select up.parent_item_id, up.path, height + 1
                   from above join investigator.item up on up.item_id = above.parent_item_id)
               select case when bool_and(path is not null) then string_agg(path, '/' order by height desc) end from above
             ) end as "fullPath"
        from investigator.item as item
       where case_ref = ${caseRef} and state = 'digested' and item_id > ${after}
       order by item_id limit ${limit}`.execute(tx)
  ).rows;

export interface KnownMatch {
  readonly itemId: number;
  /** `pdq`: near, not exact. */
  readonly byDigest: 'sha256' | 'sha1' | 'md5' | 'pdq';
  readonly authorityId: string;
  /** Of the list, where its entry begins. */
  readonly line: number;
  /** Bits, and how the picture has to be turned; only of near ones. */
  readonly distance: number | null;
  readonly variant: Variant | null;
}

/** A content inside one authority. */
export interface SeenContent {
  readonly authorityId: string;
  readonly sha256: string;
}

/** Of contents that were looked at and hold enough to compare: the hashes as it is and turned, by `authority sha256`. */
export const looksOf = async (
  tx: Tx,
  caseRef: string,
  { contents, leastQuality }: { readonly contents: readonly SeenContent[]; readonly leastQuality: number },
): Promise<ReadonlyMap<string, Buffer>> => {
  if (contents.length === 0) return new Map();
  const { rows } = await sql<{ key: string; hashes: Buffer }>`
    select distinct concat_ws(' ', picture.authority_id, picture.sha256) as key, picture.pdq || picture.turned as hashes
      from unnest(${contents.map(({ authorityId }) => authorityId)}::uuid[],
                  ${contents.map(({ sha256 }) => sha256)}::text[]) as asked(authority_id, sha256)
      join investigator.picture as picture using (authority_id, sha256)
     where picture.case_ref = ${caseRef} and picture.outcome = 'decoded' and picture.quality >= ${leastQuality}`.execute(
    tx,
  );
  return new Map(rows.map(({ key, hashes }) => [key, hashes]));
};

export const insertKnownRun = async (
  tx: Tx,
  run: {
    readonly runId: KnownRunId;
    readonly caseRef: string;
    readonly name: string;
    readonly sha256: string;
    readonly entries: number;
    readonly by: string;
    readonly at: UtcInstant;
  },
): Promise<void> => {
  await sql`
    insert into investigator.known_run (run_id, case_ref, list_name, list_sha256, entries, compared, refused, matched,
                                        matches_sha256, ran_at, ran_by)
    values (${run.runId}, ${run.caseRef}, ${run.name}, ${run.sha256}, ${run.entries}, 0, 0, 0, ${'0'.repeat(64)},
            ${run.at}, ${run.by})`.execute(tx);
};

export const insertKnownMatches = async (tx: Tx, runId: KnownRunId, matches: readonly KnownMatch[]): Promise<void> => {
  if (matches.length === 0) return;
  await sql`
    insert into investigator.known_match (run_id, item_id, by_digest, authority_id, line, distance, variant)
    select ${runId}::uuid, * from unnest(${matches.map(({ itemId }) => itemId)}::bigint[],
      ${matches.map(({ byDigest }) => byDigest)}::text[],
      ${matches.map(({ authorityId }) => authorityId)}::uuid[], ${matches.map(({ line }) => line)}::bigint[],
      ${matches.map(({ distance }) => distance)}::smallint[],
      ${matches.map(({ variant }) => variant)}::text[])`.execute(tx);
};

export const finishKnownRun = async (
  tx: Tx,
  runId: KnownRunId,
  { compared, refused, matched, near, pictures, unseen }: KnownCounts,
): Promise<void> => {
  await sql`
    update investigator.known_run
       set compared = ${compared}, refused = ${refused}, matched = ${matched}, near = ${near},
           pictures = ${pictures}, unseen = ${unseen},
           matches_sha256 = investigator.known_matches_digest(run_id)
     where run_id = ${runId}`.execute(tx);
};

/** Runs whose matches are no longer what the run vouches for. */
export const changedRuns = async (db: Db): Promise<readonly KnownRunId[]> =>
  (
    await sql<{ run_id: KnownRunId }>`
      select run_id from investigator.known_run
       where matches_sha256 <> investigator.known_matches_digest(run_id) order by run_id`.execute(db)
  ).rows.map(({ run_id }) => run_id);

export interface NearContent {
  readonly sha256: string;
  /** Of the list, where the entry begins that it looks like. */
  readonly line: number;
  /** Bits. */
  readonly distance: number;
  readonly files: number;
}

/** Contents of the newest run that look like a listed picture. */
export const nearContents = async (db: Db, caseRef: string): Promise<readonly NearContent[]> =>
  (
    await sql<NearContent>`
      select item.sha256, match.line, match.distance, count(*) as files
        from investigator.known_match as match join investigator.item as item using (item_id)
       where match.run_id = (select run_id from investigator.known_run where case_ref = ${caseRef}
                              order by ran_at desc, run_id limit 1)
         and match.by_digest = 'pdq' and match.authority_id = ${anyVisibleAuthority(caseRef)}
       group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  ).rows;

/** Files that are held and have one of these contents. */
export const filesOfContents = async (db: Db, caseRef: string, contents: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ files: number }>`
    select count(*) as files from investigator.item
     where case_ref = ${caseRef} and sha256 = any(${contents}::text[])`.execute(db);
  return rows[0]?.files ?? 0;
};

export interface MatchesOfAccount {
  /** `null`: files of nobody's account. */
  readonly account: string | null;
  /** Files that are known by a digest. */
  readonly exact: number;
  /** Pictures that look like a listed one: leads. */
  readonly near: number;
  /** Of both, those from archives. */
  readonly inArchives: number;
}

/** Of the newest run, in the order of accounts and never of counts: possession alone ranks nobody. */
export const matchesByAccount = async (db: Db, caseRef: string): Promise<readonly MatchesOfAccount[]> =>
  (
    await sql<MatchesOfAccount>`
      select item.account, count(*) filter (where by_digest <> 'pdq') as exact,
             count(*) filter (where by_digest = 'pdq') as near, count(item.parent_item_id) as "inArchives"
        from investigator.known_match as match join investigator.item as item using (item_id)
       where match.run_id = (select run_id from investigator.known_run where case_ref = ${caseRef}
                              order by ran_at desc, run_id limit 1)
         and match.authority_id = ${anyVisibleAuthority(caseRef)}
       group by item.account order by item.account`.execute(db)
  ).rows;
