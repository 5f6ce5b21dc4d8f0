import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type Expression, type SqlBool, sql } from 'kysely';

/** The index `stack_newest` has these columns. */
const newestFirst: TableOrder = { columns: ['stack.made_at', 'stack.stack_id'], order: 'desc' };

export interface StackFilter {
  readonly state: 'waiting' | 'decided' | 'all';
  /** `exact`: at least one of it has a listed digest. */
  readonly kind?: 'exact' | 'near' | undefined;
  readonly list?: string | undefined;
  readonly account?: string | undefined;
  /** Left out: what the person does not want to be offered. */
  readonly without: readonly string[];
}

export interface StackPlace {
  readonly stack_id: string;
  readonly made_at: UtcInstant;
}

/** Each test ends at the first member that answers it, so that a stack of thousands costs no more than one of two. */
const left = ({ state, kind, list, account, without }: StackFilter): Expression<SqlBool> => {
  const some = (test: Expression<SqlBool>) => sql<SqlBool>`exists (
    select from platform.stack_member member join platform.match on match.id = member.match
     where member.stack = stack.stack_id and ${test})`;
  const waits = sql<SqlBool>`exists (
    select from platform.stack_member member where member.stack = stack.stack_id
       and not exists (select from platform.decision where decision.match = member.match))`;
  const exact = some(sql`match.kind = 'exact'`);
  const tests = [
    ...(state === 'waiting' ? [waits] : []),
    ...(state === 'decided' ? [sql<SqlBool>`not ${waits}`] : []),
    ...(kind === 'exact' ? [exact] : []),
    ...(kind === 'near' ? [sql<SqlBool>`not ${exact}`] : []),
    ...(list === undefined
      ? []
      : [some(sql`match.list_version in (select id from platform.list_version where name = ${list})`)]),
    ...(account === undefined ? [] : [some(sql`match.account = ${account}`)]),
    sql<SqlBool>`stack.stack_id <> all(${without}::uuid[])`,
  ];
  return sql<SqlBool>`${sql.join(tests, sql` and `)}`;
};

export const countStacks = async (db: Db, filter: StackFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from platform.stack where ${left(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};

export const readStackPlaces = async (
  db: Db,
  filter: StackFilter,
  stretch: Stretch,
): Promise<readonly StackPlace[]> => {
  const way = sql.raw(orderOf(newestFirst, stretch));
  const { rows } = await sql<StackPlace>`
    select stack_id, made_at from platform.stack
     where ${left(filter)} and ${isPast(newestFirst, stretch)}
     order by stack.made_at ${way}, stack.stack_id ${way}
     limit ${stretch.limit} offset ${stretch.skip}`.execute(db);
  return rows;
};
