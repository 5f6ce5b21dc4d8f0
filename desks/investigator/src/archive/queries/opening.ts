import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { SetShape } from './record.js';

export interface OpenableSet extends SetShape {
  readonly state: 'open-able' | 'unlocked' | 'sealed';
  readonly encryption: 'none' | 'data' | 'headers' | null;
}

const openable = sql`one.state in ('open-able', 'unlocked', 'sealed')`;
const columns = sql`
  one.set_id as "setId", one.format, one.joining, one.missing, one.depth, one.state, one.encryption`;

export const listOpenable = async (
  db: Db,
  caseRef: string,
  after: string,
  limit: number,
): Promise<readonly OpenableSet[]> =>
  (
    await sql<OpenableSet>`
      select ${columns} from investigator.archive_set one
       where one.case_ref = ${caseRef} and ${openable} and one.set_id > ${after}::uuid
       order by one.set_id limit ${limit}`.execute(db)
  ).rows;

/** Held until the transaction ends: of two that opened it one writes. */
export const lockOpenable = async (tx: Tx, setId: string): Promise<OpenableSet | undefined> =>
  (
    await sql<OpenableSet>`
      select ${columns} from investigator.archive_set one
       where one.set_id = ${setId} and ${openable} for update`.execute(tx)
  ).rows[0];

/** Words that fit each lock of an archive, found under one authority; sealed. */
export const secretsOfSet = async (db: Db, setId: string, authorityId: string) =>
  (
    await sql<{ lockKey: string; wordId: number; sealed: Buffer }>`
      select held.lock_key as "lockKey", word_id as "wordId", word.sealed
        from investigator.archive_set_lock held
        join investigator.archive_secret secret using (case_ref, lock_key)
        join investigator.recovery_word word using (word_id)
       where held.set_id = ${setId} and secret.authority_id = ${authorityId} and secret.verified <> 'undecided'
       order by held.ordinal, secret.found_at, secret.secret_id`.execute(db)
  ).rows;

export interface ItemUnit {
  readonly unitId: string;
  readonly passId: string;
}

export const unitOfItem = async (db: Db | Tx, itemId: number): Promise<ItemUnit | undefined> =>
  (
    await sql<ItemUnit>`
      select unit_id as "unitId", pass_id as "passId"
        from investigator.item join investigator.unit using (unit_id) where item_id = ${itemId}`.execute(db)
  ).rows[0];
