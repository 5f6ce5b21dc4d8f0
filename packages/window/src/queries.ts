import { type Expression, type SqlBool, sql } from 'kysely';
import type { Stretch } from './read-window.js';

/** The columns that order a table, all in one direction; the last is unique. An index has to have them in this order. */
export interface TableOrder {
  readonly columns: readonly [string, ...string[]];
  readonly order: 'asc' | 'desc';
}

/** Which way an `order by` runs for a stretch. */
export const orderOf = ({ order }: TableOrder, { direction }: Pick<Stretch, 'direction'>): 'asc' | 'desc' =>
  (order === 'asc') === (direction === 'down') ? 'asc' : 'desc';

/** `(a, b) > ($1, $2)`: an index answers it without reading what comes before. All rows where there is no key. */
export const isPast = (table: TableOrder, { past, direction }: Stretch): Expression<SqlBool> => {
  if (past === undefined) return sql<SqlBool>`true`;
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const values = sql.join(past.map((value) => sql.val(value)));
  return orderOf(table, { direction }) === 'asc'
    ? sql<SqlBool>`(${columns}) > (${values})`
    : sql<SqlBool>`(${columns}) < (${values})`;
};
