import type { UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { Under, Work, WorkBody } from '../recovery/work.js';

interface WorkRow {
  readonly work_id: string;
  readonly case_ref: string;
  readonly authority_id: string;
  readonly body: WorkBody;
}
const workOf = ({ work_id, case_ref, authority_id, body }: WorkRow): Work => ({
  workId: work_id,
  caseRef: case_ref,
  authorityId: authority_id,
  body,
});

/** Work that was planned and whom nobody holds, or whose holder is silent. */
export const takeLeft = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  { holder, at, staleBefore }: { readonly holder: string; readonly at: UtcInstant; readonly staleBefore: UtcInstant },
): Promise<Work | undefined> => {
  const { rows } = await sql<WorkRow>`
    update investigator.recovery_work set holder = ${holder}, beat_at = ${at}
     where work_id = (select work_id from investigator.recovery_work
                       where case_ref = ${caseRef} and authority_id = ${authorityId}
                         and (holder is null or beat_at < ${staleBefore})
                       order by planned_at, work_id limit 1)
    returning work_id, case_ref, authority_id, body`.execute(tx);
  return rows[0] && workOf(rows[0]);
};

export const countHeld = async (tx: Tx, { caseRef, authorityId }: Under): Promise<number> =>
  (
    await sql<{ held: number }>`
      select count(*)::int as held from investigator.recovery_work
       where case_ref = ${caseRef} and authority_id = ${authorityId}`.execute(tx)
  ).rows[0]?.held ?? 0;

export const insertWork = async (
  tx: Tx,
  work: Work,
  { holder, at }: { readonly holder: string; readonly at: UtcInstant },
): Promise<void> => {
  await sql`
    insert into investigator.recovery_work (work_id, case_ref, authority_id, kind, body, holder, beat_at, planned_at)
    values (${work.workId}, ${work.caseRef}, ${work.authorityId}, ${work.body.kind}, ${JSON.stringify(work.body)}::jsonb,
            ${holder}, ${at}, ${at})`.execute(tx);
  // A spread takes no lock for itself: to find a hit twice does no harm, to make others wait does.
  if (work.body.kind === 'spread') return;
  const keys = work.body.kind === 'hints' ? work.body.pairs.map(({ lockKey }) => lockKey) : work.body.lockKeys;
  await sql`
    update investigator.recovery_lock set work_id = ${work.workId}
     where case_ref = ${work.caseRef} and authority_id = ${work.authorityId} and lock_key = any(${keys})`.execute(tx);
};

export interface WaitingSpread {
  readonly wordId: number;
  readonly owner: string | null;
  readonly credit: string | null;
}

export const waitingSpreads = async (tx: Tx, { caseRef, authorityId }: Under): Promise<readonly WaitingSpread[]> =>
  (
    await sql<WaitingSpread>`
      select word_id as "wordId", owner, credit from investigator.recovery_spread
       where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'waiting'
       order by word_id, owner nulls last limit 100`.execute(tx)
  ).rows;

export interface CostedLock {
  readonly lockKey: string;
  readonly cost: number;
}

/** Open locks that a word was not tried on, and that no work under way tries it on. */
export const locksForSpread = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  { wordId, owner }: WaitingSpread,
  words: string,
  limit: number,
): Promise<readonly CostedLock[]> =>
  (
    await sql<CostedLock>`
      select lock_key as "lockKey", cost from investigator.recovery_lock lock
       where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open'
         and (${owner}::text is null or owner = ${owner})
         and not exists (select from investigator.recovery_attempt tried
                          where tried.case_ref = lock.case_ref and tried.authority_id = lock.authority_id
                            and tried.lock_key = lock.lock_key and tried.words = ${words} and tried.block = 0)
         and not exists (select from investigator.recovery_work under_way
                          where under_way.case_ref = lock.case_ref and under_way.authority_id = lock.authority_id
                            and under_way.kind = 'spread' and (under_way.body ->> 'wordId')::bigint = ${wordId}
                            and under_way.body -> 'lockKeys' ? lock.lock_key)
       order by cost, lock_key limit ${limit}`.execute(tx)
  ).rows;

/** Done when none of its work is under way either. */
export const finishSpread = async (tx: Tx, { caseRef, authorityId }: Under, { wordId, owner }: WaitingSpread) => {
  await sql`
    update investigator.recovery_spread set state = 'done'
     where case_ref = ${caseRef} and authority_id = ${authorityId} and word_id = ${wordId}
       and owner is not distinct from ${owner}
       and not exists (select from investigator.recovery_work
                        where case_ref = ${caseRef} and authority_id = ${authorityId} and kind = 'spread'
                          and (body ->> 'wordId')::bigint = ${wordId})`.execute(tx);
};

/** Words near a lock come in two portions: the best few, then the others. */
export type Portion = 0 | 1;

/** Owners with locks that wait for a portion of the words near them. */
export interface HintGroupRow {
  readonly owner: string;
  readonly unsolved: number;
  readonly inVain: number;
  readonly recovered: number;
  readonly portion: Portion;
  /** Of the cheapest of them, in milliseconds a check. */
  readonly cost: number;
}

/** Of those that nobody works on. */
export const listHintGroups = async (tx: Tx, { caseRef, authorityId }: Under): Promise<readonly HintGroupRow[]> =>
  (
    await sql<HintGroupRow>`
      select grouped.owner, unsolved, recovered, portion, waiting.cost,
             case portion when 0 then begun + done else done end as "inVain"
        from (select owner,
                     count(*) filter (where state = 'open' and follows is null)::int as unsolved,
                     count(*) filter (where state = 'open' and follows is null and hints = 'begun')::int as begun,
                     count(*) filter (where state = 'open' and follows is null and hints = 'done')::int as done,
                     count(*) filter (where state = 'solved')::int as recovered,
                     count(work_id) as busy
                from investigator.recovery_lock
               where case_ref = ${caseRef} and authority_id = ${authorityId} group by owner) grouped
        join (select owner, case hints when 'waiting' then 0 else 1 end as portion, min(cost) as cost
                from investigator.recovery_lock
               where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open' and follows is null
                 and hints <> 'done'
               group by 1, 2) waiting using (owner)
       where busy = 0
       order by owner, portion`.execute(tx)
  ).rows;

/** The cheapest of each of these owners, up to `each`. */
export const locksForHints = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  from: {
    readonly owners: readonly string[];
    readonly portion: Portion;
    readonly mostCost: number;
    readonly each: number;
    readonly limit: number;
  },
): Promise<readonly CostedLock[]> =>
  (
    await sql<CostedLock>`
      select lock_key as "lockKey", cost from (
        select lock_key, cost, row_number() over (partition by owner order by cost, lock_key) as place
          from investigator.recovery_lock
         where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open' and follows is null
           and work_id is null and hints = ${from.portion === 0 ? 'waiting' : 'begun'}
           and owner = any(${from.owners}) and cost <= ${from.mostCost}) waiting
       where place <= ${from.each}
       order by cost, lock_key limit ${from.limit}`.execute(tx)
  ).rows;

/** The first portion is remembered word by word; after the second all words so far are behind the lock. */
export const markHinted = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  portion: Portion,
  hints: readonly { readonly lockKey: string; readonly wordIds: readonly number[] }[],
): Promise<void> => {
  const given = sql`jsonb_to_recordset(${JSON.stringify(hints)}::jsonb) as row("lockKey" text, "wordIds" jsonb)`;
  const mine = sql`case_ref = ${caseRef} and authority_id = ${authorityId} and lock_key = row."lockKey"`;
  if (portion === 0) {
    await sql`
      update investigator.recovery_lock lock
         set hints = 'begun',
             hinted = hinted || array(select value::bigint from jsonb_array_elements_text(row."wordIds"))
        from ${given} where ${mine}`.execute(tx);
    return;
  }
  await sql`
    update investigator.recovery_lock lock
       set hints = 'done', hinted = '{}',
           hinted_to = coalesce((select max(word_id) from investigator.recovery_word word
                                  where word.case_ref = ${caseRef} and word.authority_id = ${authorityId}), 0)
      from ${given} where ${mine}`.execute(tx);
};

/** The group of an owner: its exemplar is the lock that came furthest in the lists, then the cheapest that had its hints. */
export interface GroupRow {
  readonly owner: string;
  readonly unsolved: number;
  /** Had every list. */
  readonly inVain: number;
  readonly recovered: number;
  readonly block: number;
  readonly exemplar: string;
  /** Of the exemplar, in milliseconds a check. */
  readonly cost: number;
}

/** Groups with something to try that nobody works on. */
export const listGroups = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  blocks: number,
): Promise<readonly GroupRow[]> =>
  (
    await sql<GroupRow>`
      select grouped.owner, unsolved, "inVain", recovered, exemplar.block, exemplar.lock_key as exemplar, exemplar.cost
        from (select owner,
                     count(*) filter (where state = 'open' and follows is null)::int as unsolved,
                     count(*) filter (where state in ('exhausted', 'undecidable'))::int as "inVain",
                     count(*) filter (where state = 'solved')::int as recovered,
                     count(work_id) as busy
                from investigator.recovery_lock
               where case_ref = ${caseRef} and authority_id = ${authorityId} group by owner) grouped
        join (select distinct on (owner) owner, block, lock_key, cost from investigator.recovery_lock
               where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open' and follows is null
                 and hints = 'done' and block < ${blocks}
               order by owner, block desc, cost, lock_key) exemplar using (owner)
       where unsolved > 0 and busy = 0
       order by owner`.execute(tx)
  ).rows;

export const loadYields = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
): Promise<Readonly<Record<string, { readonly checks: number; readonly solved: number }>>> => {
  const { rows } = await sql<{ kind: string; checks: number; solved: number }>`
    select kind, checks, solved from investigator.recovery_yield
     where case_ref = ${caseRef} and authority_id = ${authorityId}`.execute(tx);
  return Object.fromEntries(rows.map(({ kind, checks, solved }) => [kind, { checks, solved }]));
};

/** Recovered words of two owners or more that were not broadcast. */
export const broadcastable = async (tx: Tx, { caseRef, authorityId }: Under) => {
  const { rows } = await sql<{ wordId: number; owners: number; ownersKnown: number; locks: number; cost: number }>`
    with recovered as (
      select word_id, count(distinct sighting.owner)::int as owners
        from investigator.recovery_sighting sighting join investigator.recovery_word word using (word_id)
       where word.case_ref = ${caseRef} and word.authority_id = ${authorityId} and sighting.kind = 'recovered'
       group by word_id)
    select word_id as "wordId", owners,
           (select count(distinct owner)::int from investigator.recovery_lock
             where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'solved') as "ownersKnown",
           (select count(*)::int from investigator.recovery_lock
             where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open') as locks,
           (select coalesce(avg(cost), 0)::float8 from investigator.recovery_lock
             where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'open') as cost
      from recovered
     where owners >= 2 and not exists (select from investigator.recovery_spread spread
                                        where spread.word_id = recovered.word_id and spread.owner is null)
     order by owners desc, word_id`.execute(tx);
  return rows;
};

export const insertSpread = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  { wordId, owner, credit }: WaitingSpread,
): Promise<void> => {
  await sql`
    insert into investigator.recovery_spread (case_ref, authority_id, word_id, owner, state, credit)
    values (${caseRef}, ${authorityId}, ${wordId}, ${owner}, 'waiting', ${credit})
        on conflict (case_ref, authority_id, word_id, owner) do update set state = 'waiting'`.execute(tx);
};
