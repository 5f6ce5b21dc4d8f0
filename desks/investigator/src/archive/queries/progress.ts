import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { Under } from '../recovery/work.js';

const countsOf = (
  rows: readonly { readonly name: string; readonly count: number }[],
): Readonly<Record<string, number>> => Object.fromEntries(rows.map(({ name, count }) => [name, count]));

export const countSets = async (db: Db, caseRef: string) => {
  const { rows } = await sql<{ name: string; count: number }>`
    select state as name, count(*)::int as count from investigator.archive_set
     where case_ref = ${caseRef} group by state order by state`.execute(db);
  return countsOf(rows);
};

export const countLocks = async (db: Db, { caseRef, authorityId }: Under) => {
  const { rows } = await sql<{ name: string; count: number }>`
    select state as name, count(*)::int as count from investigator.recovery_lock
     where case_ref = ${caseRef} and authority_id = ${authorityId} group by state order by state`.execute(db);
  return countsOf(rows);
};

export const countSecrets = async (db: Db, { caseRef, authorityId }: Under) => {
  const { rows } = await sql<{ name: string; count: number }>`
    select verified as name, count(*)::int as count from investigator.archive_secret
     where case_ref = ${caseRef} and authority_id = ${authorityId} group by verified order by verified`.execute(db);
  return countsOf(rows);
};

export interface KdfRow {
  readonly kdf: string;
  readonly checks: number;
  /** Milliseconds that these checks should take, by the costs of the plan. */
  readonly plannedMs: number;
}

export const countChecks = async (db: Db, { caseRef, authorityId }: Under): Promise<readonly KdfRow[]> =>
  (
    await sql<KdfRow>`
      select kdf, sum(tried.checks)::bigint as checks, sum(tried.checks * lock.cost)::float8 as "plannedMs"
        from investigator.recovery_attempt tried
        join investigator.recovery_lock lock using (case_ref, authority_id, lock_key)
        join investigator.archive_lock material using (case_ref, lock_key)
       where tried.case_ref = ${caseRef} and tried.authority_id = ${authorityId}
       group by kdf order by kdf`.execute(db)
  ).rows;

/** Milliseconds by plan until every open lock has had every list; `blockWords` for each block there is. */
export const plannedLeft = async (
  db: Db,
  { caseRef, authorityId }: Under,
  blocks: number,
  blockWords: number,
): Promise<number> =>
  (
    await sql<{ left: number }>`
      select coalesce(sum(greatest(${blocks} - block, 0) * cost), 0)::float8 * ${blockWords} as "left"
        from investigator.recovery_lock
       where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open' and follows is null`.execute(db)
  ).rows[0]?.left ?? 0;

export const countWork = async (db: Db, { caseRef, authorityId }: Under): Promise<number> =>
  (
    await sql<{ held: number }>`
      select count(*)::int as held from investigator.recovery_work
       where case_ref = ${caseRef} and authority_id = ${authorityId}`.execute(db)
  ).rows[0]?.held ?? 0;

export interface ArchiveRow {
  readonly setId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly format: string | null;
  readonly encryption: string | null;
  readonly bytes: number;
  readonly volumes: number;
  readonly missing: readonly number[];
  readonly members: number;
  readonly leads: number;
  /** Of the first volume; absent where names may not be kept. */
  readonly path: string | null;
  readonly account: string | null;
  readonly authorityId: string;
}

/** Only what was read under an authority that is in force. */
export const listArchives = async (
  db: Db,
  {
    caseRef,
    state,
    after,
    limit,
  }: { readonly caseRef: string; readonly state?: string; readonly after?: string; readonly limit: number },
  at: string,
): Promise<readonly ArchiveRow[]> =>
  (
    await sql<ArchiveRow>`
      select one.set_id as "setId", one.state, one.reason, format, encryption, bytes, missing, item.path, item.account,
             one.authority_id as "authorityId",
             (select count(*)::int from investigator.archive_volume held where held.set_id = one.set_id) as volumes,
             (select count(*)::int from investigator.archive_member member where member.set_id = one.set_id) as members,
             (select count(*)::int from investigator.archive_lead lead where lead.set_id = one.set_id) as leads
        from investigator.archive_set one
        join investigator.archive_volume first on first.set_id = one.set_id and first.ordinal = 0
        join investigator.item item on item.item_id = first.item_id
       where one.case_ref = ${caseRef} and policy.visible(one.authority_id, ${at})
         and (${state ?? null}::text is null or one.state = ${state ?? null})
         and one.set_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
       order by one.set_id limit ${limit}`.execute(db)
  ).rows;

export const locksOfSet = async (db: Db, setId: string) =>
  (
    await sql<{
      lockKey: string;
      kdf: string;
      rounds: number;
      scheme: string;
      hashcatMode: number | null;
      noLine: string | null;
      secrets: number;
    }>`
      select lock_key as "lockKey", kdf, rounds, scheme, hashcat_mode as "hashcatMode", no_line as "noLine",
             (select count(*)::int from investigator.archive_secret secret
               where secret.case_ref = lock.case_ref and secret.lock_key = lock.lock_key
                 and secret.verified <> 'undecided') as secrets
        from investigator.archive_set_lock held join investigator.archive_lock lock using (case_ref, lock_key)
       where held.set_id = ${setId} order by ordinal`.execute(db)
  ).rows;

export const membersOfSet = async (db: Db, setId: string, limit: number) =>
  (
    await sql<{ name: string; kind: string; bytes: number | null; encrypted: string; leads: readonly string[] }>`
      select name, kind, bytes, encrypted,
             array(select list_name from investigator.archive_lead lead
                    where lead.set_id = member.set_id and lead.ordinal = member.ordinal order by list_name) as leads
        from investigator.archive_member member where set_id = ${setId} order by ordinal limit ${limit}`.execute(db)
  ).rows;
