import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';

export interface PastDecision {
  readonly id: string;
  readonly type: 'confirmed' | 'dismissed' | 'reversed';
  readonly at: UtcInstant;
  readonly actor: string;
  readonly reason: string | null;
  /** Matches of these that it was about. */
  readonly matches: number;
}

const most = 200;

/**
 * What was decided on matches and what was taken back again, newest first, from the ledger: a table of decisions knows
 * only those that stand.
 */
export const decisionHistory = async (db: Db, matches: readonly string[]): Promise<readonly PastDecision[]> => {
  const { rows } = await sql<PastDecision>`
    with touched as (
      select event_id, min(kind) as kind, count(*)::int as matches from ledger.effect
       where table_name = 'platform.decision'
         and row_key in (select jsonb_build_object('match', one)::text from unnest(${matches}::text[]) one)
       group by event_id)
    select event.id, touched.matches,
           case touched.kind when 'gone' then 'reversed'
                else coalesce(opening.payload::jsonb -> 'payload' ->> 'decision', 'confirmed') end as type,
           event.entry::jsonb ->> 'at' as at, event.entry::jsonb ->> 'actor' as actor,
           opening.payload::jsonb -> 'payload' ->> 'reason' as reason
      from touched join ledger.event on event.id = touched.event_id
      left join ledger.opening on opening.event_id = event.id
     order by event.seq desc limit ${most}`.execute(db);
  return rows;
};
