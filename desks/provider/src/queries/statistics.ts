import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';

export interface Period {
  /** Days, `2026-03-02`; from here … */
  readonly from?: string;
  /** … until before here. */
  readonly to?: string;
}

export interface Statistics {
  readonly orders: Readonly<Record<string, number>>;
  readonly disclose: Readonly<Record<string, number>>;
  readonly questions: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

type Counted = { readonly name: string; readonly count: number };
const countsOf = (rows: readonly Counted[]) => Object.fromEntries(rows.map(({ name, count }) => [name, count]));

/** Numbers by how orders ended, how much they asked for, and what was found; of orders received in the period. */
export const readStatistics = async (db: Db, { from, to }: Period, at: UtcInstant): Promise<Statistics> => {
  const received = sql`(select * from provider.disclosure_order
    where (${from ?? null}::text is null or received_at >= (${from ?? null}::date)::timestamp at time zone 'UTC')
      and (${to ?? null}::text is null or received_at < (${to ?? null}::date)::timestamp at time zone 'UTC')) as orders`;
  const [states, kinds, outcomes] = await Promise.all([
    sql<Counted>`select case when state = 'received' and expires_at < ${at} then 'expired' else state end as name,
                        count(*) as count from ${received} group by 1 order by 1`.execute(db),
    sql<Counted>`select document::jsonb ->> 'disclose' as name, count(*) as count from ${received} group by 1 order by 1`.execute(
      db,
    ),
    sql<Counted>`select outcome as name, count(*) as count from ${received} join provider.answer using (order_id)
                  group by 1 order by 1`.execute(db),
  ]);
  return {
    orders: countsOf(states.rows),
    disclose: countsOf(kinds.rows),
    questions: outcomes.rows.reduce((sum, { count }) => sum + count, 0),
    outcomes: countsOf(outcomes.rows),
  };
};
