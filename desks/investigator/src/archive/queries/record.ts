import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Under } from '../recovery/work.js';

export interface LockMaterial {
  readonly lockKey: string;
  readonly material: Buffer | null;
  readonly materialObject: string | null;
}

export const loadLocks = async (
  db: Db,
  caseRef: string,
  lockKeys: readonly string[],
): Promise<readonly LockMaterial[]> =>
  (
    await sql<LockMaterial>`
      select lock_key as "lockKey", material, material_object as "materialObject" from investigator.archive_lock
       where case_ref = ${caseRef} and lock_key = any(${lockKeys}) order by lock_key`.execute(db)
  ).rows;

/** Keys of all locks of an archive. */
export const lockKeysOfSet = async (db: Db | Tx, setId: string): Promise<readonly string[]> =>
  (
    await sql<{ lock_key: string }>`
      select lock_key from investigator.archive_set_lock where set_id = ${setId} order by ordinal`.execute(db)
  ).rows.map(({ lock_key }) => lock_key);

export interface SetShape {
  readonly setId: string;
  readonly format: 'rar5' | 'rar4' | 'zip' | '7z' | null;
  readonly joining: 'linked' | 'joined';
  readonly missing: readonly number[];
  readonly depth: number;
}

export const findShape = async (db: Db, setId: string): Promise<SetShape | undefined> =>
  (
    await sql<SetShape>`
      select set_id as "setId", format, joining, missing, depth
        from investigator.archive_set where set_id = ${setId}`.execute(db)
  ).rows[0];

/** @returns `lost` when another worker took the lease over, or it was recorded already */
export const holdWork = async (tx: Tx, workId: string, holder: string): Promise<'held' | 'lost'> => {
  const { rows } = await sql`
    select from investigator.recovery_work where work_id = ${workId} and holder = ${holder} for update`.execute(tx);
  return rows.length === 1 ? 'held' : 'lost';
};

export const beatWork = async (db: Db, workId: string, holder: string, at: UtcInstant): Promise<'held' | 'lost'> => {
  const { numAffectedRows } = await sql`
    update investigator.recovery_work work set beat_at = ${at}
     where work_id = ${workId} and holder = ${holder}
       and exists (select from investigator.recovery_run run
                    where run.case_ref = work.case_ref and run.authority_id = work.authority_id
                      and run.state = 'running')`.execute(db);
  return numAffectedRows === 1n ? 'held' : 'lost';
};

/** Puts a lease back: the next worker begins it again. */
export const releaseWork = async (db: Db, workId: string, holder: string): Promise<void> => {
  await sql`
    update investigator.recovery_work set holder = null where work_id = ${workId} and holder = ${holder}`.execute(db);
};

export const deleteWork = async (tx: Tx, { caseRef, authorityId }: Under, workId: string): Promise<void> => {
  await sql`delete from investigator.recovery_work where work_id = ${workId}`.execute(tx);
  await sql`
    update investigator.recovery_lock set work_id = null
     where case_ref = ${caseRef} and authority_id = ${authorityId} and work_id = ${workId}`.execute(tx);
};

export interface AttemptRow {
  readonly lock_key: string;
  readonly words: string;
  readonly block: number;
  readonly outcome: 'no' | 'hit' | 'undecided' | 'unchecked';
  readonly checks: number;
}

export const insertAttempts = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  unitId: string,
  rows: readonly AttemptRow[],
): Promise<void> => {
  await sql`
    insert into investigator.recovery_attempt (case_ref, authority_id, lock_key, words, block, outcome, checks, unit_id)
    select ${caseRef}, ${authorityId}, lock_key, words, block, outcome, checks, ${unitId}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(lock_key text, words text, block integer, outcome text, checks integer)
        on conflict do nothing`.execute(tx);
};

export interface SecretRow {
  readonly secret_id: string;
  readonly lock_key: string;
  readonly word_id: number;
  readonly found_by: 'hints' | 'spread' | 'block';
  readonly verified: 'by-opening' | 'by-check-only' | 'undecided';
  readonly reason: string | null;
}

export const insertSecrets = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  unitId: string,
  at: UtcInstant,
  rows: readonly SecretRow[],
): Promise<void> => {
  await sql`
    insert into investigator.archive_secret
           (secret_id, case_ref, authority_id, lock_key, word_id, found_by, verified, reason, unit_id, found_at)
    select secret_id, ${caseRef}, ${authorityId}, lock_key, word_id, found_by, verified, reason, ${unitId}, ${at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(secret_id uuid, lock_key text, word_id bigint, found_by text, verified text, reason text)
        on conflict do nothing`.execute(tx);
};

/** Those of the keys that are still open, with their owners. */
export const openOwners = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
): Promise<ReadonlyMap<string, { readonly owner: string; readonly folder: string }>> => {
  const { rows } = await sql<{ lock_key: string; owner: string; folder: string }>`
    select lock_key, owner, folder from investigator.recovery_lock
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'
       and lock_key = any(${lockKeys}) order by lock_key for update`.execute(tx);
  return new Map(rows.map(({ lock_key, ...place }) => [lock_key, place]));
};

/** Those that followed it are on their own then; its password is tried on them first. */
export const markSolved = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
): Promise<void> => {
  await sql`
    update investigator.recovery_lock set state = 'solved'
     where case_ref = ${caseRef} and authority_id = ${authorityId} and lock_key = any(${lockKeys})`.execute(tx);
  await sql`
    update investigator.recovery_lock set follows = null
     where case_ref = ${caseRef} and authority_id = ${authorityId} and follows = any(${lockKeys})`.execute(tx);
};

export const markUncheckable = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
): Promise<void> => {
  await sql`
    update investigator.recovery_lock set state = 'uncheckable'
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'
       and lock_key = any(${lockKeys})`.execute(tx);
};

/** Moves open exemplars behind the blocks of a lease; after the last they are exhausted. */
export const advance = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
  { overall, blocks, span }: { readonly overall: number; readonly blocks: number; readonly span: number },
): Promise<void> => {
  await sql`
    update investigator.recovery_lock lock set block = ${overall + span},
           state = case when ${overall + span}::int < ${blocks}::int then 'open'
                        when exists (select from investigator.archive_secret secret
                                      where secret.case_ref = lock.case_ref and secret.authority_id = lock.authority_id
                                        and secret.lock_key = lock.lock_key) then 'undecidable'
                        else 'exhausted' end
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'
       and lock_key = any(${lockKeys})`.execute(tx);
};

export const addYield = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  kind: string,
  { checks, solved }: { readonly checks: number; readonly solved: number },
): Promise<void> => {
  await sql`
    insert into investigator.recovery_yield as known (case_ref, authority_id, kind, checks, solved)
    values (${caseRef}, ${authorityId}, ${kind}, ${checks}, ${solved})
        on conflict (case_ref, authority_id, kind) do update
       set checks = known.checks + excluded.checks, solved = known.solved + excluded.solved`.execute(tx);
};

/** Archives with these locks whose every lock has a password by now. */
export const setsSolvedBy = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
): Promise<readonly string[]> =>
  (
    await sql<{ set_id: string }>`
      select distinct touched.set_id from investigator.archive_set_lock touched
        join investigator.archive_set one using (set_id)
        join investigator.recovery_set admitted on admitted.set_id = one.set_id and admitted.authority_id = ${authorityId}
       where touched.case_ref = ${caseRef} and touched.lock_key = any(${lockKeys})
         and one.state in ('locked', 'exhausted', 'undecidable')
         and not exists (select from investigator.archive_set_lock held
                          where held.set_id = touched.set_id
                            and not exists (select from investigator.archive_secret secret
                                             where secret.case_ref = held.case_ref and secret.authority_id = ${authorityId}
                                               and secret.lock_key = held.lock_key and secret.verified <> 'undecided'))
       order by touched.set_id`.execute(tx)
  ).rows.map(({ set_id }) => set_id);

export const setSetState = async (tx: Tx, setId: string, state: string, reason: string | null): Promise<void> => {
  await sql`
    update investigator.archive_set set state = ${state}, reason = ${reason} where set_id = ${setId}`.execute(tx);
};

/** Archives show what became of the locks that lead them. Only RAR5 keeps a value of the password apart from the data. */
export const showLockStates = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
): Promise<void> => {
  await sql`
    update investigator.archive_set one
       set state = case lock.state when 'open' then 'locked' when 'uncheckable' then 'unsupported' else lock.state end,
           reason = case when lock.state = 'uncheckable' then 'only-opening-tells'
                         when lock.state = 'exhausted' and material.scheme <> 'rar5' then 'no-word-fits-or-damaged'
                         else null end
      from investigator.archive_set_lock held
      join investigator.archive_lock material using (case_ref, lock_key)
      join investigator.recovery_lock lock using (case_ref, lock_key)
      join investigator.recovery_set admitted on admitted.set_id = held.set_id and admitted.authority_id = lock.authority_id
     where held.set_id = one.set_id and held.ordinal = 0 and lock.authority_id = ${authorityId}
       and held.case_ref = ${caseRef} and held.lock_key = any(${lockKeys})
       and lock.state in ('open', 'exhausted', 'undecidable', 'uncheckable')
       and one.state in ('locked', 'exhausted', 'undecidable')`.execute(tx);
};

export const withdrawLocks = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
): Promise<void> => {
  await sql`
    update investigator.recovery_lock set state = 'withdrawn'
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'
       and lock_key = any(${lockKeys})`.execute(tx);
  await sql`
    delete from investigator.recovery_set admitted using investigator.archive_set_lock held
     where held.set_id = admitted.set_id and admitted.authority_id = ${authorityId}
       and held.case_ref = ${caseRef} and held.lock_key = any(${lockKeys})`.execute(tx);
};

/** Their words are looked for again. */
export const waitForHints = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  lockKeys: readonly string[],
): Promise<void> => {
  await sql`
    update investigator.recovery_lock set hints = 'waiting', hinted_to = 0, hinted = '{}'
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'
       and lock_key = any(${lockKeys})`.execute(tx);
};
