import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { EntryCommitment } from '@tutela/hashlist/transparent';
import { type Selectable, sql } from 'kysely';
import type { EntryId, LargeFingerprints, ListId, ListTables, MemberId } from '../schema.js';
import { listTables } from './tables.js';

export type StoredVersion = Selectable<ListTables['clearinghouse.list_version']>;

/** Every commitment that stands, the canaries of those who receive the list among them. */
export const standingCommitments = async (tx: Tx, list: ListId): Promise<readonly EntryCommitment[]> => {
  const { rows } = await sql<{ readonly commitment: EntryCommitment }>`
    select commitment from clearinghouse.list_entry
     where list_id = ${list} and changed_at is not null and withdrawn_at is null order by commitment`.execute(tx);
  return rows.map(({ commitment }) => commitment);
};

export const countRecipients = async (tx: Tx, list: ListId): Promise<number> => {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::int as count from clearinghouse.list_access
     where list_id = ${list} and opened_at is not null and revoked_at is null`.execute(tx);
  return rows[0]?.count ?? 0;
};

/** The end of the second that holds the newest change, or now. */
export const endOfChanges = async (tx: Tx, list: ListId, now: UtcInstant): Promise<UtcInstant> => {
  const { rows } = await sql<{ readonly at: UtcInstant }>`
    select greatest(${now}::timestamptz, (select max(changed_at) from clearinghouse.list_entry where list_id = ${list})) as at`.execute(
    tx,
  );
  return rows[0]?.at ?? now;
};

export const insertVersion = async (tx: Tx, row: Omit<StoredVersion, 'event_id'>): Promise<void> => {
  await listTables(tx).insertInto('clearinghouse.list_version').values(row).execute();
};

export const noteEvent = async (
  tx: Tx,
  { list_id, version }: Pick<StoredVersion, 'list_id' | 'version'>,
  event: string,
): Promise<void> => {
  await listTables(tx)
    .updateTable('clearinghouse.list_version')
    .set({ event_id: event })
    .where('list_id', '=', list_id)
    .where('version', '=', version)
    .execute();
};

/** Newest first. */
export const listVersions = async (db: Db | Tx, list: ListId, limit: number): Promise<readonly StoredVersion[]> =>
  await listTables(db)
    .selectFrom('clearinghouse.list_version')
    .selectAll()
    .where('list_id', '=', list)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();

export const findVersion = async (db: Db, list: ListId, version: number): Promise<StoredVersion | undefined> =>
  await listTables(db)
    .selectFrom('clearinghouse.list_version')
    .selectAll()
    .where('list_id', '=', list)
    .where('version', '=', version)
    .executeTakeFirst();

export interface OpeningRow {
  readonly entry_id: EntryId;
  readonly submitter_id: MemberId;
  readonly commitment_key: Buffer;
  readonly vetting: JsonObject;
  readonly vetting_key: Buffer;
  readonly large: LargeFingerprints;
}

/** What opens the commitments of the entries that a member sees, by the entries' random numbers. */
export const readOpenings = async (
  db: Db,
  {
    list,
    member,
    after,
    limit,
  }: { readonly list: ListId; readonly member: MemberId; readonly after: EntryId; readonly limit: number },
): Promise<readonly OpeningRow[]> => {
  const { rows } = await sql<OpeningRow>`
    select entry_id, submitter_id, commitment_key, vetting, vetting_key, large from clearinghouse.list_entry
     where list_id = ${list} and changed_at is not null and withdrawn_at is null
       and (canary_of is null or canary_of = ${member}) and entry_id > ${after}::uuid
     order by entry_id limit ${limit}`.execute(db);
  return rows;
};
