import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { ListId, ListTables } from '../schema.js';

export const listTables = (db: Db | Tx) => db.withTables<ListTables>();

/** Those who change a list take turns; whoever reads a window waits for who is changing, and misses nothing of it. */
export const holdList = async (tx: Tx, list: ListId): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`clearinghouse.list/${list}`}, 0))`.execute(tx);
};
export const awaitChanges = async (tx: Tx, list: ListId): Promise<void> => {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`clearinghouse.list/${list}`}, 0))`.execute(tx);
};
