import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';
import type { FingerprintRunId } from '../schema.js';

/** A content that was decoded, holds enough to compare, and of which the case team may see a copy. */
export interface SeenLook {
  readonly sha256: string;
  readonly size: number;
  readonly pdq: Buffer;
}

/** By SHA-256, page by page. */
export const seenLooks = async (
  db: Db,
  { caseRef, leastQuality }: { readonly caseRef: string; readonly leastQuality: number },
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly SeenLook[]> =>
  (
    await sql<SeenLook>`
      select distinct on (picture.sha256) picture.sha256, copy.size, picture.pdq
        from investigator.picture as picture
       cross join lateral (
             select item.size from investigator.item as item
              where item.case_ref = picture.case_ref and item.sha256 = picture.sha256
                and item.authority_id = ${anyVisibleAuthority(caseRef)}
                and not policy.with_filter(item.case_ref, 'item/' || item.item_id)
              limit 1) as copy
       where picture.case_ref = ${caseRef} and picture.outcome = 'decoded' and picture.quality >= ${leastQuality}
         and picture.authority_id = ${anyVisibleAuthority(caseRef)} and picture.sha256 > ${after}
       order by picture.sha256, picture.pdq limit ${limit}`.execute(db)
  ).rows;

/** The hashes of these contents turned in the other ways. */
export const turnedLooks = async (
  db: Db,
  caseRef: string,
  contents: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> => {
  const { rows } = await sql<{ sha256: string; turned: Buffer }>`
    select distinct on (sha256) sha256, turned from investigator.picture
     where case_ref = ${caseRef} and outcome = 'decoded' and sha256 = any(${contents}::text[])
     order by sha256, pdq`.execute(db);
  return new Map(rows.map(({ sha256, turned }) => [sha256, turned]));
};

export interface Stacking {
  readonly caseRef: string;
  readonly runId: FingerprintRunId;
  /** Compared, and of these in stacks of two and more. */
  readonly contents: number;
  readonly members: number;
  readonly stacks: number;
  readonly stackedAt: UtcInstant;
}

/** Locks the stacks of a case. @returns whether those that stand were made after this run, or after a later one */
export const stackingStands = async (
  tx: Tx,
  caseRef: string,
  runId: FingerprintRunId,
): Promise<'stands' | 'is-older'> => {
  await sql`select from investigator.case where case_ref = ${caseRef} for no key update`.execute(tx);
  const { rows } = await sql`
    select from investigator.stacking
      join investigator.fingerprint_run as made using (run_id)
      join investigator.fingerprint_run as ended on ended.run_id = ${runId}
     where stacking.case_ref = ${caseRef} and (made.run_id = ended.run_id or made.started_at > ended.started_at)`.execute(
    tx,
  );
  return rows.length > 0 ? 'stands' : 'is-older';
};

/** Puts it in the place of what stood there, without stacks as yet. */
export const replaceStacking = async (tx: Tx, stacking: Stacking): Promise<void> => {
  await sql`delete from investigator.look_alike where case_ref = ${stacking.caseRef}`.execute(tx);
  await sql`
    insert into investigator.stacking (case_ref, run_id, contents, stacks, members, rows_sha256, stacked_at)
    values (${stacking.caseRef}, ${stacking.runId}, ${stacking.contents}, ${stacking.stacks}, ${stacking.members}, '',
            ${stacking.stackedAt})
        on conflict (case_ref) do update
       set run_id = excluded.run_id, contents = excluded.contents, stacks = excluded.stacks,
           members = excluded.members, rows_sha256 = '', stacked_at = excluded.stacked_at`.execute(tx);
};

export interface LookAlike {
  readonly sha256: string;
  readonly leader: string;
  readonly distance: number;
}

export const insertLookAlikes = async (tx: Tx, caseRef: string, rows: readonly LookAlike[]): Promise<void> => {
  await sql`
    insert into investigator.look_alike (case_ref, sha256, leader_sha256, distance)
    select ${caseRef}, * from unnest(${rows.map(({ sha256 }) => sha256)}::text[], ${rows.map(({ leader }) => leader)}::text[],
                                     ${rows.map(({ distance }) => distance)}::smallint[])`.execute(tx);
};

export const sealStacking = async (tx: Tx, caseRef: string): Promise<void> => {
  await sql`update investigator.stacking set rows_sha256 = investigator.look_alikes_digest(case_ref)
             where case_ref = ${caseRef}`.execute(tx);
};

/** `changed`: its stacks are not those that its event vouches for. */
export const standingOfStacks = async (db: Db, caseRef: string): Promise<'none' | 'whole' | 'changed'> => {
  const { rows } = await sql<{ standing: 'whole' | 'changed' }>`
    select case when rows_sha256 = investigator.look_alikes_digest(case_ref) then 'whole' else 'changed' end as standing
      from investigator.stacking where case_ref = ${caseRef}`.execute(db);
  return rows[0]?.standing ?? 'none';
};
