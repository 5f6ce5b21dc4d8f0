import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { EntryCommitment } from '@tutela/hashlist/transparent';
import type { RequestDigest } from '@tutela/policy';
import { type Selectable, sql } from 'kysely';
import type { BatchId, EntryId, Fingerprints, ListId, ListTables, MemberId } from '../schema.js';
import { listTables } from './tables.js';

export type BatchRow = Selectable<ListTables['clearinghouse.list_batch']>;
type EntryTable = ListTables['clearinghouse.list_entry'];

export type NewEntryRow = Pick<
  EntryTable,
  'submitter_id' | 'media' | 'classification' | 'vetting_key' | 'commitment_key' | 'commitment' | 'canary_of'
> & {
  readonly entry_id: EntryId;
  readonly fingerprints: string;
  readonly large: string;
  readonly vetting: string;
};

export const insertBatch = async (
  tx: Tx,
  batch: Omit<BatchRow, 'listed_at'>,
  entries: readonly NewEntryRow[],
): Promise<void> => {
  await listTables(tx).insertInto('clearinghouse.list_batch').values(batch).execute();
  const { batch_id, list_id } = batch;
  // A statement has at most 65,535 parameters.
  for (let at = 0; at < entries.length; at += 1000) {
    const rows = entries.slice(at, at + 1000).map((entry) => ({ ...entry, batch_id, list_id }));
    await listTables(tx).insertInto('clearinghouse.list_entry').values(rows).execute();
  }
};

export const findBatch = async (tx: Tx, digest: RequestDigest): Promise<BatchRow | undefined> =>
  await listTables(tx)
    .selectFrom('clearinghouse.list_batch')
    .selectAll()
    .where('request_digest', '=', digest)
    .forUpdate()
    .executeTakeFirst();

/** Digests of requests that are approved by two and not acted on, such as those approved at another page. */
export const approvedBatches = async (db: Db): Promise<readonly RequestDigest[]> => {
  const { rows } = await sql<{ readonly digest: RequestDigest }>`
    select batch.request_digest as digest from clearinghouse.list_batch batch
      join policy.approval_request request on request.digest = batch.request_digest and request.state = 'open'
     where batch.listed_at is null
       and (select count(*) from policy.approval given where given.digest = request.digest and given.word = 'approves') >= 2
     order by batch.proposed_at limit 100`.execute(db);
  return rows.map(({ digest }) => digest);
};

/**
 * The second that a change made now belongs to: never before the newest change, and after the newest version, so that
 * a version says what stood at the end of its second.
 */
export const nextChange = async (tx: Tx, list: ListId, now: UtcInstant): Promise<UtcInstant> => {
  const { rows } = await sql<{ readonly at: UtcInstant }>`
    select greatest(date_trunc('second', ${now}::timestamptz),
                    (select max(changed_at) from clearinghouse.list_entry where list_id = ${list}),
                    (select max(date_trunc('second', as_of)) + interval '1 second'
                       from clearinghouse.list_version where list_id = ${list})) as at`.execute(tx);
  return (rows[0] as { readonly at: UtcInstant }).at;
};

export const markListed = async (
  tx: Tx,
  batch: BatchId,
  listedAt: UtcInstant,
  changedAt: UtcInstant,
): Promise<void> => {
  await listTables(tx)
    .updateTable('clearinghouse.list_batch')
    .set({ listed_at: listedAt })
    .where('batch_id', '=', batch)
    .execute();
  await listTables(tx)
    .updateTable('clearinghouse.list_entry')
    .set({ changed_at: changedAt })
    .where('batch_id', '=', batch)
    .execute();
};

/**
 * Gives a recipient's canaries the seconds of entries that stand already, so that no second is theirs alone. One who had
 * the list before reads on from a checkpoint, and gets theirs like everything new.
 */
export const scatterCanaries = async (tx: Tx, list: ListId, batch: BatchId, member: MemberId): Promise<void> => {
  await sql`
    with canary as (
      select entry_id, row_number() over () as place from clearinghouse.list_entry where batch_id = ${batch}
       and not exists (select from clearinghouse.list_entry before where before.list_id = ${list}
                          and before.canary_of = ${member} and before.withdrawn_at is not null)
    ), sample as (
      select changed_at, row_number() over () as place
        from (select changed_at from clearinghouse.list_entry where list_id = ${list} and canary_of is null
                 and changed_at is not null and withdrawn_at is null order by random() limit 64) as standing
    )
    update clearinghouse.list_entry entry set changed_at = sample.changed_at
      from canary join sample using (place) where entry.entry_id = canary.entry_id`.execute(tx);
};

export interface StandingEntry {
  readonly entry_id: EntryId;
  readonly list_id: ListId;
}

/** Entries that stand on a list, locked. */
export const holdStanding = async (tx: Tx, ids: readonly EntryId[]): Promise<readonly StandingEntry[]> => {
  const { rows } = await sql<StandingEntry>`
    select entry_id, list_id from clearinghouse.list_entry
     where entry_id = any(${ids}::uuid[]) and changed_at is not null and withdrawn_at is null
     order by entry_id for update`.execute(tx);
  return rows;
};

export const canariesOf = async (tx: Tx, list: ListId, member: MemberId): Promise<readonly EntryId[]> => {
  const { rows } = await sql<{ readonly entry_id: EntryId }>`
    select entry_id from clearinghouse.list_entry
     where list_id = ${list} and canary_of = ${member} and changed_at is not null and withdrawn_at is null`.execute(tx);
  return rows.map(({ entry_id }) => entry_id);
};

export const markWithdrawn = async (
  tx: Tx,
  ids: readonly EntryId[],
  {
    reason,
    by,
    at,
    changedAt,
  }: { readonly reason: string; readonly by: string; readonly at: UtcInstant; readonly changedAt: UtcInstant },
): Promise<void> => {
  await sql`
    insert into clearinghouse.list_withdrawal (entry_id, reason, withdrawn_by, withdrawn_at)
    select id, ${reason}, ${by}, ${at}::timestamptz from unnest(${ids}::uuid[]) as id`.execute(tx);
  await sql`
    update clearinghouse.list_entry set withdrawn_at = ${at}::timestamptz, changed_at = ${changedAt}::timestamptz
     where entry_id = any(${ids}::uuid[])`.execute(tx);
};

export type Shape = Pick<EntryTable, 'submitter_id' | 'media' | 'classification'> & {
  readonly fingerprints: Fingerprints;
};

/** How entries of the list look, some at random: what is made to look like them must not stand out. */
export const sampleShapes = async (tx: Tx, list: ListId, count: number): Promise<readonly Shape[]> => {
  const { rows } = await sql<Shape>`
    select submitter_id, media, classification, fingerprints from clearinghouse.list_entry
     where list_id = ${list} and changed_at is not null and withdrawn_at is null and canary_of is null
       and large = '{}'::jsonb
     order by random() limit ${count}`.execute(tx);
  return rows;
};

/** Commitments of those that were vouched for together. */
export const batchCommitments = async (db: Db | Tx, batch: BatchId): Promise<readonly EntryCommitment[]> => {
  const rows = await listTables(db)
    .selectFrom('clearinghouse.list_entry')
    .select('commitment')
    .where('batch_id', '=', batch)
    .execute();
  return rows.map(({ commitment }) => commitment);
};

/** Which of these fingerprints are somebody's canaries. */
export const recipientsOf = async (
  db: Db | Tx,
  fingerprints: readonly string[],
): Promise<
  readonly { readonly member_id: MemberId; readonly name: string; readonly list_id: ListId; readonly entries: number }[]
> => {
  const { rows } = await sql<{ member_id: MemberId; name: string; list_id: ListId; entries: number }>`
    select member.member_id, member.name, entry.list_id, count(distinct entry.entry_id)::int as entries
      from clearinghouse.list_entry entry
      join clearinghouse.list_member member on member.member_id = entry.canary_of
      cross join lateral jsonb_each_text(entry.fingerprints) as one(kind, value)
     where entry.canary_of is not null and one.value = any(${fingerprints}::text[])
     group by 1, 2, 3 order by 4 desc, 1`.execute(db);
  return rows;
};

export const batchRequest = async (db: Db, batch: BatchId): Promise<RequestDigest | undefined> => {
  const row = await listTables(db)
    .selectFrom('clearinghouse.list_batch')
    .select('request_digest')
    .where('batch_id', '=', batch)
    .executeTakeFirst();
  return row?.request_digest;
};
