import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { ExchangeMember } from '@tutela/hashlist';
import { sql } from 'kysely';
import type { ListId, ListTables, MemberId } from '../schema.js';
import { listTables } from './tables.js';

export type ListRow = ListTables['clearinghouse.list'];

export const insertMember = async (
  tx: Tx,
  row: Pick<
    ListTables['clearinghouse.list_member'],
    'name' | 'username' | 'password_sha256' | 'requests_per_minute' | 'issued_at'
  >,
): Promise<MemberId> => {
  const { member_id } = await listTables(tx)
    .insertInto('clearinghouse.list_member')
    .values(row)
    .returning('member_id')
    .executeTakeFirstOrThrow();
  return member_id;
};

export const insertList = async (tx: Tx, row: ListRow): Promise<void> => {
  await listTables(tx).insertInto('clearinghouse.list').values(row).execute();
};

export const findList = async (db: Db | Tx, list: ListId): Promise<ListRow | undefined> =>
  await listTables(db).selectFrom('clearinghouse.list').selectAll().where('list_id', '=', list).executeTakeFirst();

export const allLists = async (db: Db): Promise<readonly ListRow[]> =>
  await listTables(db).selectFrom('clearinghouse.list').selectAll().orderBy('list_id').execute();

export const putReviewer = async (tx: Tx, row: ListTables['clearinghouse.list_reviewer']): Promise<void> => {
  const { organisation, named_at } = row;
  await listTables(tx)
    .insertInto('clearinghouse.list_reviewer')
    .values(row)
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ organisation, named_at }))
    .execute();
};

/** Organisation by pseudonym. */
export const reviewers = async (db: Db | Tx): Promise<ReadonlyMap<string, string>> => {
  const rows = await listTables(db)
    .selectFrom('clearinghouse.list_reviewer')
    .select(['person_id', 'organisation'])
    .orderBy('person_id')
    .execute();
  return new Map(rows.map(({ person_id, organisation }) => [person_id, organisation]));
};

export interface MemberCredentials {
  readonly member_id: MemberId;
  readonly name: string;
  readonly username: string;
  readonly password_sha256: Buffer;
  readonly requests_per_minute: number;
  readonly access: 'open' | 'none';
}

/** A member by username, and whether the list is open to them; one statement whether there is such a list or not. */
export const findCredentials = async (
  db: Db,
  list: string,
  username: string,
): Promise<MemberCredentials | undefined> => {
  const { rows } = await sql<MemberCredentials>`
    select member_id, name, username, password_sha256, requests_per_minute,
           case when exists (select from clearinghouse.list_access access
                              where access.member_id = member.member_id and access.list_id = ${list}
                                and access.opened_at is not null and access.revoked_at is null)
                then 'open' else 'none' end as access
      from clearinghouse.list_member member where username = ${username}`.execute(db);
  return rows[0];
};

/** Who receives a list or has submitted to it. */
export const participants = async (db: Db, list: ListId): Promise<readonly ExchangeMember[]> => {
  const { rows } = await sql<ExchangeMember>`
    select member_id as id, name from clearinghouse.list_member
     where member_id in (select member_id from clearinghouse.list_access
                          where list_id = ${list} and opened_at is not null and revoked_at is null
                         union select publisher_id from clearinghouse.list where list_id = ${list}
                         union select submitter_id from clearinghouse.list_entry
                                where list_id = ${list} and changed_at is not null and canary_of is null)
     order by 1`.execute(db);
  return rows;
};

export const insertAccess = async (tx: Tx, list: ListId, member: MemberId, at: UtcInstant): Promise<void> => {
  await sql`
    insert into clearinghouse.list_access (list_id, member_id, granted_at) values (${list}, ${member}, ${at})
        on conflict (list_id, member_id) do update
       set granted_at = excluded.granted_at, opened_at = null, revoked_at = null`.execute(tx);
};

export type AccessState = 'open' | 'waiting' | 'revoked' | 'none';

export const accessOf = async (tx: Tx, list: ListId, member: MemberId): Promise<AccessState> => {
  const row = await listTables(tx)
    .selectFrom('clearinghouse.list_access')
    .select(['opened_at', 'revoked_at'])
    .where('list_id', '=', list)
    .where('member_id', '=', member)
    .executeTakeFirst();
  if (row === undefined) return 'none';
  if (row.revoked_at !== null) return 'revoked';
  return row.opened_at === null ? 'waiting' : 'open';
};

export const noteAccess = async (
  tx: Tx,
  list: ListId,
  member: MemberId,
  change: { readonly opened_at: UtcInstant } | { readonly revoked_at: UtcInstant },
): Promise<void> => {
  await listTables(tx)
    .updateTable('clearinghouse.list_access')
    .set(change)
    .where('list_id', '=', list)
    .where('member_id', '=', member)
    .execute();
};

export interface MemberRow {
  readonly member_id: MemberId;
  readonly name: string;
  readonly username: string;
  readonly requests_per_minute: number;
  readonly list_id: ListId | null;
  readonly granted_at: UtcInstant | null;
  readonly opened_at: UtcInstant | null;
  readonly revoked_at: UtcInstant | null;
  readonly last_poll_at: UtcInstant | null;
  readonly last_window_end: UtcInstant | null;
}

/** Members with credentials, one row for each list they were ever given, those without any once. */
export const listMembers = async (db: Db): Promise<readonly MemberRow[]> => {
  const { rows } = await sql<MemberRow>`
    select member.member_id, name, username, requests_per_minute, access.list_id, granted_at, opened_at, revoked_at,
           last_poll_at, last_window_end
      from clearinghouse.list_member member
      left join clearinghouse.list_access access using (member_id)
      left join clearinghouse.list_usage usage on usage.member_id = member.member_id and usage.list_id = access.list_id
     where username is not null order by member.member_id, access.list_id`.execute(db);
  return rows;
};

export const memberName = async (db: Db | Tx, member: MemberId): Promise<string | undefined> => {
  const row = await listTables(db)
    .selectFrom('clearinghouse.list_member')
    .select('name')
    .where('member_id', '=', member)
    .executeTakeFirst();
  return row?.name;
};
