import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Media } from '@tutela/hashlist';
import type { RequestDigest } from '@tutela/policy';
import { sql } from 'kysely';
import type { BatchId, EntryId, Fingerprints, ListId, MemberId } from '../schema.js';

/** Where an entry is on its way. */
export type EntryState = 'proposed' | 'vouched-once' | 'listed' | 'withdrawn' | 'refused';

export interface ShownEntry {
  readonly entry_id: EntryId;
  readonly ordinal: number;
  readonly batch_id: BatchId;
  readonly submitter_id: MemberId;
  readonly media: Media;
  readonly fingerprints: Fingerprints;
  readonly large_types: readonly string[];
  readonly classification: string | null;
  readonly category: string | null;
  readonly provenance: string | null;
  readonly note: string | null;
  readonly state: EntryState;
  readonly changed_at: UtcInstant | null;
  readonly negative_feedback: number;
}

const stateOf = sql<EntryState>`
  case when entry.withdrawn_at is not null then 'withdrawn' when entry.changed_at is not null then 'listed'
       when request.state = 'refused' then 'refused'
       when exists (select from policy.approval given where given.digest = request.digest and given.word = 'approves')
       then 'vouched-once' else 'proposed' end`;

export interface EntriesQuery {
  readonly list: ListId;
  readonly limit: number;
  readonly before?: number;
  readonly batch?: BatchId;
  readonly state?: EntryState;
}

/** Entries as the desk sees them, newest first; canaries are in none of its lists. */
export const shownEntries = async (
  db: Db,
  { list, limit, before, batch, state }: EntriesQuery,
): Promise<readonly ShownEntry[]> => {
  const { rows } = await sql<ShownEntry>`
    select * from (
      select entry_id, ordinal, entry.batch_id, submitter_id, media, fingerprints, classification, changed_at,
             array(select jsonb_object_keys(large)) as large_types, vetting->>'category' as category,
             (vetting->'provenance'->>'kind') || ' ' || (vetting->'provenance'->>'ref') as provenance,
             vetting->>'vetting' as note, ${stateOf} as state,
             (select count(*)::int from clearinghouse.list_feedback given
               where given.entry_id = entry.entry_id and verdict = 'negative') as negative_feedback
        from clearinghouse.list_entry entry
        join clearinghouse.list_batch batch on batch.batch_id = entry.batch_id
        join policy.approval_request request on request.digest = batch.request_digest
       where entry.list_id = ${list} and canary_of is null
         and (${before ?? null}::bigint is null or ordinal < ${before ?? null}::bigint)
         and (${batch ?? null}::uuid is null or entry.batch_id = ${batch ?? null}::uuid)) as shown
     where ${state ?? null}::text is null or state = ${state ?? null}::text
     order by ordinal desc limit ${limit}`.execute(db);
  return rows;
};

/** Those of them that stand. */
export const servedEntries = (db: Db, query: Omit<EntriesQuery, 'state'>): Promise<readonly ShownEntry[]> =>
  shownEntries(db, { ...query, state: 'listed' });

export interface WaitingBatch {
  readonly batch_id: BatchId;
  readonly list_id: ListId;
  readonly request_digest: RequestDigest;
  readonly size: number;
  readonly proposed_by: string;
  readonly proposed_at: UtcInstant;
  readonly expires_at: UtcInstant;
  readonly recipient: string | null;
  readonly vouched_by: readonly string[];
  readonly rule: 'two-reviewers' | 'two-organisations';
}

/** What waits for a reviewer's signature, oldest first. */
export const waitingBatches = async (db: Db, list: ListId, now: UtcInstant): Promise<readonly WaitingBatch[]> => {
  const { rows } = await sql<WaitingBatch>`
    select batch_id, batch.list_id, request_digest, size, proposed_by, proposed_at, request.expires_at, rule,
           recipient.name as recipient,
           array(select person_id from policy.approval given
                  where given.digest = request.digest and word = 'approves' order by at) as vouched_by
      from clearinghouse.list_batch batch
      join clearinghouse.list list on list.list_id = batch.list_id
      join policy.approval_request request on request.digest = batch.request_digest
      left join clearinghouse.list_member recipient on recipient.member_id = batch.recipient_id
     where batch.list_id = ${list} and listed_at is null and request.state = 'open' and request.expires_at > ${now}
     order by proposed_at limit 500`.execute(db);
  return rows;
};

export interface ListCounts {
  readonly list_id: ListId;
  readonly title: string;
  readonly listed: number;
  readonly waiting: number;
  readonly members: number;
  readonly version: number | null;
}

/** Each list at a glance. */
export const countLists = async (db: Db): Promise<readonly ListCounts[]> => {
  const { rows } = await sql<ListCounts>`
    select list_id, title,
           (select count(*)::int from clearinghouse.list_entry entry where entry.list_id = list.list_id
               and changed_at is not null and withdrawn_at is null and canary_of is null) as listed,
           (select count(*)::int from clearinghouse.list_batch batch
              join policy.approval_request request on request.digest = batch.request_digest and request.state = 'open'
             where batch.list_id = list.list_id and listed_at is null) as waiting,
           (select count(*)::int from clearinghouse.list_access access where access.list_id = list.list_id
               and opened_at is not null and revoked_at is null) as members,
           (select max(version) from clearinghouse.list_version version where version.list_id = list.list_id) as version
      from clearinghouse.list list order by list_id`.execute(db);
  return rows;
};
