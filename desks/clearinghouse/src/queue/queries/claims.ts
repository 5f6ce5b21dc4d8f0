import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';

export const itemExists = async (tx: Tx, item: string): Promise<'there' | 'not-there'> => {
  const { rows } = await sql`select from clearinghouse.queue_item where item = ${item}`.execute(tx);
  return rows.length > 0 ? 'there' : 'not-there';
};

/** Who has claimed the item; locked until the transaction ends. */
export const claimantOf = async (tx: Tx, item: string): Promise<string | undefined> => {
  const { rows } = await sql<{ claimed_by: string }>`
    select claimed_by from clearinghouse.claim where item = ${item} for update`.execute(tx);
  return rows[0]?.claimed_by;
};

/** @returns who has the item now: somebody else, where they were first */
export const insertClaim = async (tx: Tx, item: string, person: string, at: UtcInstant): Promise<string> => {
  await sql`
    insert into clearinghouse.claim (item, claimed_by, claimed_at) values (${item}, ${person}, ${at}::timestamptz)
        on conflict do nothing`.execute(tx);
  return (await claimantOf(tx, item)) ?? person;
};

export const deleteClaim = async (tx: Tx, item: string): Promise<void> => {
  await sql`delete from clearinghouse.claim where item = ${item}`.execute(tx);
};

export const markRead = async (db: Db, item: string, person: string, at: UtcInstant): Promise<void> => {
  await sql`
    insert into clearinghouse.read_mark (person, item, read_at) values (${person}, ${item}, ${at}::timestamptz)
        on conflict (person, item) do update set read_at = excluded.read_at`.execute(db);
};
