import { groupBy } from '@tutela/core';
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { LedgerError } from '../ledger-error.js';

/** What an act did to one row of a domain table. `table` is written as `schema.table`. */
export type Effect = WrittenEffect | GoneEffect;

/** The row stands as the act wrote it; later changes of the named columns need a newer effect. */
export interface WrittenEffect {
  readonly kind: 'written';
  readonly table: string;
  /** Primary key: column to value. */
  readonly key: RowKey;
  /** What is vouched for: at least one column, at most fifty. */
  readonly columns: readonly string[];
}

/** The row does not exist any more. */
export interface GoneEffect {
  readonly kind: 'gone';
  readonly table: string;
  readonly key: RowKey;
}

export type RowKey = Readonly<Record<string, string | number>>;

/** An effect as the payload records it. Members in the order of RFC 8785. */
export type VouchedEffect =
  | {
      readonly kind: 'written';
      readonly table: string;
      /** jsonb text of the key, as PostgreSQL writes it. */
      readonly key: string;
      readonly columns: readonly string[];
      /** SHA-256 of the jsonb text of the named columns, hexadecimal. */
      readonly digest: string;
    }
  | { readonly kind: 'gone'; readonly table: string; readonly key: string };

/**
 * Looks at the rows in the transaction that wrote them and takes their digests there: one statement for all effects on
 * the same table and columns.
 * @throws LedgerError `effect-without-row` when a row named as written is not there, or one named as gone is
 */
export const vouch = async (tx: Kysely<unknown>, effects: readonly Effect[]): Promise<readonly VouchedEffect[]> => {
  const vouched: VouchedEffect[] = [];
  for (const places of groupBy(effects.keys(), (place) => shapeOf(effects[place] as Effect)).values()) {
    const group = places.map((place) => effects[place] as Effect);
    const { table } = group[0] as Effect;
    const columns = columnsOf(group[0] as Effect);
    const rows = await digestRows(tx, table, JSON.stringify(group.map(({ key }) => key)), columns);
    for (const [at, place] of places.entries()) {
      vouched[place] = vouchedEffect(group[at] as Effect, rows[at] as RowDigest);
    }
  }
  return vouched;
};

const vouchedEffect = (effect: Effect, { rowKey: key, digest }: RowDigest): VouchedEffect => {
  const { kind, table } = effect;
  if (kind === 'gone') {
    if (digest !== null) throw new LedgerError('effect-without-row', `${table} ${key} is said to be gone and is there`);
    return { kind, table, key };
  }
  if (digest === 'several') throw new LedgerError('invalid', `${table} ${key} is not the key of one row`);
  if (digest === null)
    throw new LedgerError('effect-without-row', `${table} ${key} is said to be written and is not there`);
  return { kind, table, key, columns: effect.columns, digest };
};

const columnsOf = (effect: Effect): readonly string[] => {
  if (effect.kind === 'gone') return [];
  if (effect.columns.length === 0) throw new LedgerError('invalid', `an effect on ${effect.table} names no column`);
  return effect.columns;
};

const shapeOf = (effect: Effect): string =>
  JSON.stringify([effect.kind, effect.table, Object.keys(effect.key), columnsOf(effect)]);

export interface RowDigest {
  readonly rowKey: string;
  /** `null` when there is no such row, `several` when the key does not name one row. */
  readonly digest: string | null;
}

/** @param keys JSON array of key objects with the same members; the answer is in its order */
export const digestRows = async (
  db: QueryExecutorProvider,
  table: string,
  keys: string,
  columns: readonly string[],
): Promise<readonly RowDigest[]> => {
  const { rows } = await sql<RowDigest>`
    select row_key as "rowKey", digest
      from ledger.row_digests(${table}, ${keys}::jsonb, ${columns}::text[])
     order by ord`.execute(db);
  return rows;
};
