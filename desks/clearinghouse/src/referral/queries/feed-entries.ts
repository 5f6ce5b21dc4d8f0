import type { UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { AuthorityId, FeedEntryTable, Lane, ReferralId } from '../schema.js';

export interface NewEntry {
  readonly authority_id: AuthorityId;
  readonly referral_id: ReferralId;
  readonly change: FeedEntryTable['change'];
  readonly lane: Lane;
}

export interface Appended {
  readonly authority_id: AuthorityId;
  readonly first: number;
  readonly last: number;
}

/**
 * Adds to feeds. Each feed's head stays locked until the transaction ends, in the order of ids, so that two who add to
 * the same feeds wait instead of blocking each other and positions are dense.
 */
export const appendEntries = async (
  tx: Tx,
  entries: readonly NewEntry[],
  at: UtcInstant,
): Promise<readonly Appended[]> => {
  if (entries.length === 0) return [];
  const given = JSON.stringify(entries.map((entry, ord) => ({ ...entry, ord })));
  await sql`
    insert into clearinghouse.feed_head
    select distinct authority_id, 0 from jsonb_to_recordset(${given}::jsonb) as given(authority_id text)
    on conflict do nothing`.execute(tx);
  await sql`
    select from clearinghouse.feed_head
     where authority_id in (select authority_id from jsonb_to_recordset(${given}::jsonb) as given(authority_id text))
     order by authority_id for update`.execute(tx);
  const { rows } = await sql<Appended>`
    with given as (
      select *, row_number() over (partition by authority_id order by ord) as place
        from jsonb_to_recordset(${given}::jsonb)
             as given(authority_id text, referral_id uuid, change text, ord int)
    ), added as (
      insert into clearinghouse.feed_entry (authority_id, position, referral_id, change, at)
      select authority_id, last_position + place, referral_id, change, ${at}
        from given join clearinghouse.feed_head using (authority_id)
      returning authority_id, position
    ), moved as (
      update clearinghouse.feed_head as head set last_position = last_position + n
        from (select authority_id, count(*) as n from given group by 1) as counted
       where counted.authority_id = head.authority_id
    )
    select authority_id, min(position)::int as first, max(position)::int as last from added group by 1 order by 1`.execute(
    tx,
  );
  return rows;
};
