import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { Media } from '@tutela/hashlist';
import type { EntryCommitment } from '@tutela/hashlist/transparent';
import { sql } from 'kysely';
import type { BatchId, EntryId, Fingerprints, LargeFingerprints, ListId, ListTables, MemberId } from '../schema.js';
import { listTables } from './tables.js';

export interface ServedEntry {
  readonly entry_id: EntryId;
  readonly ordinal: number;
  readonly submitter_id: MemberId;
  readonly submitter: string;
  readonly media: Media;
  readonly fingerprints: Fingerprints;
  readonly large: LargeFingerprints;
  readonly classification: string | null;
  readonly changed_at: UtcInstant;
  readonly state: 'listed' | 'withdrawn';
}

/** What a member may see of a list: its entries, and of the canaries their own. */
const visible = (member: MemberId) => sql`(entry.canary_of is null or entry.canary_of = ${member})`;

export interface WindowQuery {
  readonly list: ListId;
  readonly member: MemberId;
  /** Exclusive. */
  readonly from: UtcInstant;
  /** Inclusive. */
  readonly to: UtcInstant;
  /** Ordinal of the first entry of the page. */
  readonly start: number;
  readonly size: number;
}

/**
 * One page of what changed in a window, by ordinal and so in no order of time: what leaves the window between two pages
 * moves nothing else (test: "loses none of 1,500 entries of one second, though one is deleted between two pages").
 */
export const readWindow = async (
  tx: Tx,
  { list, member, from, to, start, size }: WindowQuery,
): Promise<readonly ServedEntry[]> => {
  const { rows } = await sql<ServedEntry>`
    select entry_id, ordinal, submitter_id, member.name as submitter, media, fingerprints, large, classification, changed_at,
           case when withdrawn_at is null then 'listed' else 'withdrawn' end as state
      from clearinghouse.list_entry entry
      join clearinghouse.list_member member on member.member_id = entry.submitter_id
     where list_id = ${list} and changed_at > ${from} and changed_at <= ${to} and ordinal >= ${start}
       and ${visible(member)}
     order by ordinal limit ${size}`.execute(tx);
  return rows;
};

export const lastOrdinal = async (tx: Tx, { list, member, from, to }: WindowQuery): Promise<number> => {
  const { rows } = await sql<{ readonly last: number | null }>`
    select max(ordinal) as last from clearinghouse.list_entry entry
     where list_id = ${list} and changed_at > ${from} and changed_at <= ${to} and ${visible(member)}`.execute(tx);
  return rows[0]?.last ?? 0;
};

export interface GivenFeedback {
  readonly entry_id: EntryId;
  readonly member_id: MemberId;
  readonly name: string;
  readonly fingerprint_type: string;
  readonly verdict: 'affirmative' | 'negative';
  readonly reasons: readonly string[];
  readonly given_at: UtcInstant;
}

export const feedbackOn = async (db: Db | Tx, entries: readonly EntryId[]): Promise<readonly GivenFeedback[]> => {
  const { rows } = await sql<GivenFeedback>`
    select entry_id, member_id, name, fingerprint_type, verdict, reasons, given_at
      from clearinghouse.list_feedback join clearinghouse.list_member using (member_id)
     where entry_id = any(${entries}::uuid[]) order by fingerprint_type, member_id`.execute(db);
  return rows;
};

export interface NamedEntry {
  readonly list: ListId;
  readonly member: MemberId;
  /** As the path has them. */
  readonly submitter: string;
  readonly id: string;
}

export interface StandingEntry {
  readonly entry_id: EntryId;
  readonly batch_id: BatchId;
  readonly submitter_id: MemberId;
  readonly fingerprints: Fingerprints;
  readonly large: LargeFingerprints;
  readonly vetting: JsonObject;
  readonly vetting_key: Buffer;
  readonly commitment_key: Buffer;
  readonly commitment: EntryCommitment;
}

/**
 * An entry that stands on the list and that the member may see. One statement whatever is asked, so that the answer to
 * what is unknown takes the way of that to what is hidden.
 */
export const findVisible = async (
  db: Db | Tx,
  { list, member, submitter, id }: NamedEntry,
): Promise<StandingEntry | undefined> => {
  const { rows } = await sql<StandingEntry>`
    select entry_id, batch_id, submitter_id, fingerprints, large, vetting, vetting_key,
           commitment_key, commitment
      from clearinghouse.list_entry entry
     where list_id = ${list} and entry_id::text = ${id} and submitter_id::text = ${submitter}
       and changed_at is not null and withdrawn_at is null and ${visible(member)}`.execute(db);
  return rows[0];
};

export const putFeedback = async (
  tx: Tx,
  row: ListTables['clearinghouse.list_feedback'],
  changedAt: UtcInstant,
): Promise<void> => {
  const { verdict, reasons, given_at } = row;
  await listTables(tx)
    .insertInto('clearinghouse.list_feedback')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['entry_id', 'member_id', 'fingerprint_type']).doUpdateSet({ verdict, reasons, given_at }),
    )
    .execute();
  await listTables(tx)
    .updateTable('clearinghouse.list_entry')
    .set({ changed_at: changedAt })
    .where('entry_id', '=', row.entry_id)
    .execute();
};

/** Counts a request of this minute. Gives how many there were. */
export const countRequest = async (db: Db, list: ListId, member: MemberId, now: UtcInstant): Promise<number> => {
  const { rows } = await sql<{ readonly requests: number }>`
    insert into clearinghouse.list_usage as usage (list_id, member_id, minute, requests)
    values (${list}, ${member}, date_trunc('minute', ${now}::timestamptz), 1)
        on conflict (list_id, member_id) do update
       set minute = excluded.minute,
           requests = case when usage.minute = excluded.minute then usage.requests + 1 else 1 end
    returning requests`.execute(db);
  return rows[0]?.requests ?? 0;
};

export const notePoll = async (tx: Tx, { list, member, to }: WindowQuery, now: UtcInstant): Promise<void> => {
  await sql`
    update clearinghouse.list_usage set last_poll_at = ${now}, last_window_end = ${to}
     where list_id = ${list} and member_id = ${member}`.execute(tx);
};
