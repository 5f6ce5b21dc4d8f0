import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';

/** Of two batches that come at once one waits, so that what is alike does not begin two stacks. */
export const holdStacks = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('platform/stacks', 0))`.execute(tx);
};

export const findStackOfBytes = async (tx: Tx, sha256: Buffer): Promise<string | undefined> => {
  const { rows } = await sql<{ stack: string }>`
    select stack from platform.stack_member where sha256 = ${sha256} limit 1`.execute(tx);
  return rows[0]?.stack;
};

/** @param bits 256 of `0` and `1` */
export const nearestStack = async (
  tx: Tx,
  bits: string,
  most: number,
): Promise<{ readonly stack: string; readonly distance: number } | undefined> => {
  const { rows } = await sql<{ stack: string; distance: number }>`
    select stack_id as stack, bit_count(pdq # ${bits}::bit(256))::int as distance from platform.stack
     where pdq is not null and bit_count(pdq # ${bits}::bit(256)) <= ${most}
     order by distance, stack_id limit 1`.execute(tx);
  return rows[0];
};

export const insertStack = async (
  tx: Tx,
  row: { readonly stack_id: string; readonly pdq: string | null; readonly made_at: UtcInstant },
): Promise<void> => {
  await sql`insert into platform.stack (stack_id, pdq, made_at)
            values (${row.stack_id}, ${row.pdq}::bit(256), ${row.made_at})
            on conflict do nothing`.execute(tx);
};

export interface MemberRow {
  readonly match: string;
  readonly stack: string;
  readonly sha256: Buffer;
  readonly because: 'first' | 'same-bytes' | 'looks-alike';
  readonly distance: number | null;
}

export const insertMember = async (tx: Tx, row: MemberRow): Promise<void> => {
  await sql`insert into platform.stack_member (match, stack, sha256, because, distance)
            values (${row.match}, ${row.stack}, ${row.sha256}, ${row.because}, ${row.distance})`.execute(tx);
};

type Decided = 'confirmed' | 'dismissed';

export interface StackRow {
  readonly stackId: string;
  readonly madeAt: UtcInstant;
  readonly members: number;
  readonly waiting: number;
  readonly confirmed: number;
  readonly dismissed: number;
  readonly accounts: number;
  readonly files: number;
  readonly views: number;
  readonly lastFoundAt: UtcInstant;
  /** To be shown for all: an exact match if there is one. */
  readonly top: string;
  readonly kind: 'exact' | 'near';
  readonly list: string;
  /** The newest word on any of them in this agency. */
  readonly decision: Decided | null;
  readonly basis: 'review' | 'policy-exact' | null;
  readonly decidedBy: string | null;
  readonly decidedAt: UtcInstant | null;
  readonly reason: string | null;
}

export interface StackQuery {
  readonly state: 'waiting' | 'decided' | 'all';
  readonly limit: number;
  /** Older than this stack. */
  readonly before?: string | undefined;
  /** Left out: what the person does not want to be offered. */
  readonly without: readonly string[];
  /** Only these. */
  readonly stacks?: readonly string[] | undefined;
}

/** Newest first. */
export const listStacks = async (db: Db, asked: StackQuery): Promise<readonly StackRow[]> => {
  const { state, limit, before = null, without, stacks: only = null } = asked;
  const { rows } = await sql<StackRow>`
    select stack.stack_id as "stackId", stack.made_at as "madeAt", sums.*, top.id as top, top.kind, top.name as list,
           earlier.*
      from platform.stack
      cross join lateral (
        select count(*)::int as members,
               count(*) filter (where decision.decision is null)::int as waiting,
               count(*) filter (where decision.decision = 'confirmed')::int as confirmed,
               count(*) filter (where decision.decision = 'dismissed')::int as dismissed,
               count(distinct account)::int as accounts,
               count(distinct match.sha256)::int as files,
               (select count(*)::int from platform.view
                 where view.sha256 in (select sha256 from platform.stack_member where stack = stack.stack_id)) as views,
               max(found_at) as "lastFoundAt"
          from platform.stack_member member
          join platform.match on match.id = member.match
          left join platform.decision on decision.match = match.id
         where member.stack = stack.stack_id) sums
      cross join lateral (
        select match.id, match.kind, version.name from platform.stack_member member
          join platform.match on match.id = member.match
          join platform.list_version version on version.id = match.list_version
         where member.stack = stack.stack_id order by match.kind, match.found_at, match.id limit 1) top
      left join lateral (
        select decision, basis, decided_by as "decidedBy", decided_at as "decidedAt", reason
          from platform.stack_member member join platform.decision on decision.match = member.match
         where member.stack = stack.stack_id order by decided_at desc, decision.match limit 1) earlier on true
     where (${state} = 'all' or (${state} = 'waiting') = (sums.waiting > 0))
       and stack.stack_id <> all(${without}::uuid[])
       and (${only}::uuid[] is null or stack.stack_id = any(${only}::uuid[]))
       and (${before}::uuid is null
            or (stack.made_at, stack.stack_id) < (select made_at, stack_id from platform.stack where stack_id = ${before}::uuid))
     order by stack.made_at desc, stack.stack_id desc limit ${limit}`.execute(db);
  return rows;
};

export interface StackMember {
  readonly match: string;
  readonly because: MemberRow['because'];
  readonly distance: number | null;
  readonly account: string;
  readonly name: string;
  readonly sha256: string;
  readonly foundAt: UtcInstant;
  readonly decision: Decided | null;
}

/** In the order of their identifiers, behind a given one. */
export const listMembers = async (
  db: Db,
  stack: string,
  { limit, after = null }: { readonly limit: number; readonly after?: string | undefined | null },
): Promise<readonly StackMember[]> => {
  const { rows } = await sql<StackMember>`
    select member.match, because, member.distance, account, name, encode(match.sha256, 'hex') as sha256,
           found_at as "foundAt", decision.decision
      from platform.stack_member member
      join platform.match on match.id = member.match
      left join platform.decision on decision.match = match.id
     where member.stack = ${stack} and (${after}::uuid is null or member.match > ${after}::uuid)
     order by member.match limit ${limit}`.execute(db);
  return rows;
};

/** The first matches of a stack, for what is told of all of it. */
export const matchesOfStack = async (db: Db, stack: string, most: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ match: string }>`
    select match from platform.stack_member where stack = ${stack} order by match limit ${most}`.execute(db);
  return rows.map(({ match }) => match);
};

/** Who looked at any of its bytes, newest first. */
export const stackViews = async (db: Db, stack: string, most: number) => {
  const { rows } = await sql<{ id: string; at: UtcInstant; actor: string; reason: string }>`
    select id, viewed_at as at, viewed_by as actor, reason from platform.view
     where sha256 in (select sha256 from platform.stack_member where stack = ${stack})
     order by viewed_at desc, id limit ${most}`.execute(db);
  return rows;
};

interface MemberOfAccount {
  readonly match: string;
  readonly account: string;
}

export const waitingMembers = async (tx: Tx, stack: string): Promise<readonly MemberOfAccount[]> => {
  const { rows } = await sql<MemberOfAccount>`
    select member.match, account from platform.stack_member member join platform.match on match.id = member.match
     where member.stack = ${stack}
       and not exists (select from platform.decision where decision.match = member.match)
     order by account, member.match`.execute(tx);
  return rows;
};

/** Members on which a person decided, and whether that went into a report. */
export const reviewedMembers = async (
  tx: Tx,
  stack: string,
): Promise<readonly (MemberOfAccount & { readonly filed: 'filed' | 'not-filed' })[]> => {
  const { rows } = await sql<MemberOfAccount & { filed: 'filed' | 'not-filed' }>`
    select member.match, account,
           case when exists (select from platform.filing_file file where file.match = member.match)
                then 'filed' else 'not-filed' end as filed
      from platform.stack_member member
      join platform.match on match.id = member.match
      join platform.decision on decision.match = member.match and basis = 'review'
     where member.stack = ${stack} order by account, member.match`.execute(tx);
  return rows;
};

export const deleteDecisions = async (tx: Tx, matches: readonly string[]): Promise<void> => {
  await sql`delete from platform.decision where match = any(${matches}::uuid[])`.execute(tx);
};

/** Of a report that is opened and a decision that is taken back at once one waits for the other. */
export const holdAccount = async (tx: Tx, account: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`platform/account/${account}`}, 0))`.execute(tx);
};
