import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { sql } from 'kysely';
import type { PlatformTables } from '../schema.js';

const tables = (db: Db) => db.withTables<PlatformTables>();

/** The index `match_newest` has these columns. */
const newestFirst: TableOrder = { columns: ['match.found_at', 'match.id'], order: 'desc' };

export interface MatchFilter {
  readonly state: 'waiting' | 'confirmed' | 'dismissed' | 'all';
  readonly account?: string;
}

const filtered = (db: Db, { state, account }: MatchFilter) => {
  let query = tables(db)
    .selectFrom('platform.match as match')
    .leftJoin('platform.decision as decision', 'decision.match', 'match.id');
  if (state === 'waiting') query = query.where('decision.decision', 'is', null);
  else if (state !== 'all') query = query.where('decision.decision', '=', state);
  return account === undefined ? query : query.where('match.account', '=', account);
};

export const countMatchWindow = async (db: Db, filter: MatchFilter): Promise<number> =>
  (
    await filtered(db, filter)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
  ).count;

export const readMatchWindow = (db: Db, filter: MatchFilter, stretch: Stretch) =>
  filtered(db, filter)
    .innerJoin('platform.list_version as version', 'version.id', 'match.list_version')
    .selectAll('match')
    .select(['version.name as list', 'decision.decision'])
    .where(isPast(newestFirst, stretch))
    .orderBy('match.found_at', orderOf(newestFirst, stretch))
    .orderBy('match.id', orderOf(newestFirst, stretch))
    .offset(stretch.skip)
    .limit(stretch.limit)
    .execute();

/** What happened to a match besides decisions: when it was found, who looked, when it went out. */
export const matchEvents = async (db: Db, id: string) => {
  const { rows } = await sql<{
    readonly type: 'found' | 'viewed' | 'filed';
    readonly at: string;
    readonly actor: string;
    readonly reason: string | null;
  }>`
    select 'found' as type, found_at as at, 'tutela' as actor, null as reason from platform.match where id = ${id}
    union all select 'viewed', viewed_at, viewed_by, reason from platform.view where match = ${id}
    union all select 'filed', filing.finished_at, 'tutela', filing.report_number
      from platform.filing_file file join platform.filing filing on filing.id = file.filing
      where file.match = ${id} and filing.state = 'finished' and filing.finished_at is not null`.execute(db);
  return rows;
};

export const stackOfMatch = async (db: Db, id: string): Promise<string | null> => {
  const { rows } = await sql<{ stack: string }>`
    select stack from platform.stack_member where match = ${id}`.execute(db);
  return rows[0]?.stack ?? null;
};
