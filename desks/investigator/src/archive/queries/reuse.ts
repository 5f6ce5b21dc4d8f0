import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Under } from '../recovery/work.js';

export interface ReuseRow {
  readonly reuseId: string;
  readonly caseRef: string;
  readonly foundUnder: string;
  readonly triedUnder: string;
  readonly answer: 'allow' | 'deny';
  readonly rule: string;
  readonly detail: string | null;
  readonly wordId: number | null;
  readonly locks: number;
}

export const insertReuse = async (
  tx: Tx,
  row: ReuseRow,
  { by, at }: { readonly by: string; readonly at: UtcInstant },
): Promise<void> => {
  await sql`
    insert into investigator.secret_reuse
           (reuse_id, case_ref, found_under, tried_under, answer, rule, detail, word_id, locks, decided_at, decided_by)
    values (${row.reuseId}, ${row.caseRef}, ${row.foundUnder}, ${row.triedUnder}, ${row.answer}, ${row.rule}, ${row.detail},
            ${row.wordId}, ${row.locks}, ${at}, ${by})`.execute(tx);
};

/** Other authorities of the case under which passwords were found. */
export const authoritiesWithSecrets = async (db: Db, { caseRef, authorityId }: Under): Promise<readonly string[]> =>
  (
    await sql<{ authority_id: string }>`
      select distinct authority_id from investigator.archive_secret
       where case_ref = ${caseRef} and authority_id <> ${authorityId} and verified <> 'undecided'
       order by authority_id`.execute(db)
  ).rows.map(({ authority_id }) => authority_id);

export const countOpenLocks = async (db: Db, { caseRef, authorityId }: Under): Promise<number> =>
  (
    await sql<{ locks: number }>`
      select count(*)::int as locks from investigator.recovery_lock
       where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'`.execute(db)
  ).rows[0]?.locks ?? 0;

/** Sealed passwords that were found under an authority, each once, with one of its finds. */
export const recoveredWords = async (db: Db, { caseRef, authorityId }: Under) =>
  (
    await sql<{ secretId: string; sealed: Buffer }>`
      select distinct on (word_id) secret_id as "secretId", sealed
        from investigator.archive_secret join investigator.recovery_word using (word_id)
       where archive_secret.case_ref = ${caseRef} and archive_secret.authority_id = ${authorityId}
         and verified <> 'undecided'
       order by word_id, secret_id`.execute(db)
  ).rows;
