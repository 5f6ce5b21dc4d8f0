import type { Kdf } from '@tutela/archive';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Under } from '../recovery/work.js';

export interface LockedSet {
  readonly setId: string;
  readonly owner: string;
  readonly folder: string;
  readonly authorityId: string;
  readonly memberNames: string | null;
  readonly commentSealed: Buffer | null;
  readonly names: readonly string[];
  readonly locks: readonly {
    readonly key: string;
    readonly kdf: Kdf['name'];
    readonly rounds: number;
    readonly scheme: string;
  }[];
}

/** Names of members that are looked at for words. */
const namesRead = 200;

/** Encrypted archives that this authority has not admitted. */
export const listUnadmitted = async (
  db: Db,
  { caseRef, authorityId }: Under,
  after: string,
  limit: number,
): Promise<readonly LockedSet[]> =>
  (
    await sql<LockedSet>`
      select one.set_id as "setId", owner, folder, one.authority_id as "authorityId", member_names as "memberNames",
             comment_sealed as "commentSealed",
             array(select name from investigator.archive_member member
                    where member.set_id = one.set_id order by ordinal limit ${namesRead}) as names,
             (select jsonb_agg(jsonb_build_object('key', lock.lock_key, 'kdf', kdf, 'rounds', rounds, 'scheme', scheme)
                               order by ordinal)
                from investigator.archive_set_lock held join investigator.archive_lock lock using (case_ref, lock_key)
               where held.set_id = one.set_id) as locks
        from investigator.archive_set one
       where one.case_ref = ${caseRef} and one.set_id > ${after}::uuid
         and exists (select from investigator.archive_set_lock held where held.set_id = one.set_id)
         and not exists (select from investigator.recovery_set admitted
                          where admitted.set_id = one.set_id and admitted.authority_id = ${authorityId})
       order by one.set_id limit ${limit}`.execute(db)
  ).rows;

export interface AdmittedLock {
  readonly lock_key: string;
  readonly owner: string;
  readonly folder: string;
  readonly cost: number;
  readonly follows: string | null;
  readonly state: 'open' | 'uncheckable';
}

/** A lock that leads anywhere follows nowhere. What was found before is tried on those that are new. */
export const admit = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  setIds: readonly string[],
  rows: readonly AdmittedLock[],
): Promise<void> => {
  if (setIds.length === 0) return;
  await sql`
    insert into investigator.recovery_set (case_ref, authority_id, set_id)
    select ${caseRef}, ${authorityId}::uuid, unnest(${setIds}::uuid[]) on conflict do nothing`.execute(tx);
  await sql`
    insert into investigator.recovery_lock (case_ref, authority_id, lock_key, owner, folder, cost, follows, state)
    select distinct on (lock_key) ${caseRef}, ${authorityId}::uuid, lock_key, owner, folder, cost, follows, state
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(lock_key text, owner text, folder text, cost real, follows text, state text)
     order by lock_key, follows nulls first, owner
        on conflict (case_ref, authority_id, lock_key) do update
       set follows = case when excluded.follows is null then null else recovery_lock.follows end,
           state = case when recovery_lock.state = 'withdrawn' then excluded.state else recovery_lock.state end`.execute(
    tx,
  );
  await sql`
    update investigator.recovery_lock lock set follows = null
     where case_ref = ${caseRef} and authority_id = ${authorityId} and follows is not null
       and exists (select from investigator.recovery_lock leader
                    where leader.case_ref = lock.case_ref and leader.authority_id = lock.authority_id
                      and leader.lock_key = lock.follows and leader.state = 'solved')`.execute(tx);
  const owners = [...new Set(rows.map(({ owner }) => owner))];
  await sql`
    update investigator.recovery_spread set state = 'waiting'
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'done'
       and (owner is null or owner = any(${owners}))`.execute(tx);
};

/** Locks that had every list before another came have something to try again. */
export const reopenExhausted = async (tx: Tx, { caseRef, authorityId }: Under, blocks: number): Promise<void> => {
  await sql`
    update investigator.recovery_lock set state = 'open'
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state in ('exhausted', 'undecidable')
       and block < ${blocks}`.execute(tx);
};
