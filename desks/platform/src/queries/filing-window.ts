import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { FilingRow, filingShows } from '../api/filings.js';

/** The index `filing_newest` has these columns. */
const newestFirst: TableOrder = { columns: ['filing.opened_at', 'filing.id'], order: 'desc' };

export interface FilingFilter {
  readonly show: (typeof filingShows)[number];
  readonly account?: string | undefined;
}

const shows: Readonly<Record<FilingFilter['show'], Expression<SqlBool>>> = {
  all: sql`true`,
  waiting: sql`state in ('ready', 'open')`,
  failing: sql`state in ('ready', 'open') and failures > 0`,
  finished: sql`state = 'finished'`,
  refused: sql`state = 'refused'`,
};

const left = ({ show, account }: FilingFilter): Expression<SqlBool> =>
  account === undefined ? shows[show] : sql`${shows[show]} and account = ${account}`;

const row = sql`filing.id, account, environment, state, report_number as number, opened_at as "openedAt",
  finished_at as "finishedAt", failures, reason, case when state in ('ready', 'open') then due_at end as "dueAt",
  (select count(*)::int from platform.filing_file file where file.filing = filing.id) as files`;

export const countFilingWindow = async (db: Db, filter: FilingFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from platform.filing where ${left(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};

export const readFilingWindow = async (
  db: Db,
  filter: FilingFilter,
  stretch: Stretch,
): Promise<readonly FilingRow[]> => {
  const way = sql.raw(orderOf(newestFirst, stretch));
  const { rows } = await sql<FilingRow>`
    select ${row} from platform.filing where ${left(filter)} and ${isPast(newestFirst, stretch)}
     order by filing.opened_at ${way}, filing.id ${way} limit ${stretch.limit} offset ${stretch.skip}`.execute(db);
  return rows;
};

export const filingRowById = async (db: Db, id: string): Promise<FilingRow | undefined> => {
  const { rows } = await sql<FilingRow>`select ${row} from platform.filing where filing.id = ${id}`.execute(db);
  return rows[0];
};
