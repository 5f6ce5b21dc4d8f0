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
 * Looks at the rows in the transaction that wrote them and takes their digests there: one statement for all effects.
 * @throws LedgerError `effect-without-row` when a row named as written is not there, or one named as gone is
 */
export const vouch = async (tx: Kysely<unknown>, effects: readonly Effect[]): Promise<readonly VouchedEffect[]> => {
  const groups = [...groupBy(effects.keys(), (place) => shapeOf(effects[place] as Effect)).values()];
  const wanted = groups.map((places): WantedRows => {
    const [first] = places.map((place) => effects[place] as Effect);
    const { table, key } = first as Effect;
    const keys = JSON.stringify(places.map((place) => effects[place]?.key));
    return { table, keyColumns: Object.keys(key), keys, columns: columnsOf(first as Effect) };
  });
  const digests = await digestRows(tx, wanted);
  const vouched: VouchedEffect[] = [];
  for (const [group, places] of groups.entries()) {
    for (const [at, place] of places.entries()) {
      vouched[place] = vouchedEffect(effects[place] as Effect, digests[group]?.[at] as RowDigest);
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

/** Rows of one table, to be digested over the same columns. */
export interface WantedRows {
  /** `schema.table` */
  readonly table: string;
  readonly keyColumns: readonly string[];
  /** JSON array of objects with these members. */
  readonly keys: string;
  readonly columns: readonly string[];
}

/** One statement, whose text depends on tables and columns alone. @returns for each of the wanted, in the order of its keys */
export const digestRows = async (
  db: QueryExecutorProvider,
  wanted: readonly WantedRows[],
): Promise<readonly (readonly RowDigest[])[]> => {
  if (wanted.length === 0) return [];
  const { rows } = await sql<RowDigest & { readonly part: number }>`
    ${sql.join(wanted.map(digestsOf), sql` union all `)} order by part, ord`.execute(db);
  const byPart = groupBy(rows, ({ part }) => part);
  return wanted.map((_, part) => byPart.get(part) ?? []);
};

const digestsOf = ({ table, keyColumns, keys, columns }: WantedRows, part: number) => {
  const isIt = keyColumns.map((name) => sql`${sql.ref(`there.${name}`)} = ${sql.ref(`wanted.${name}`)}`);
  return sql`
    select ${sql.lit(part)} as part, ord, ledger.row_text(wanted, ${keyColumns}::text[]) as "rowKey",
           (select case count(*) when 0 then null when 1 then min(digest) else 'several' end
              from (select encode(sha256(convert_to(ledger.row_text(there, ${columns}::text[]), 'UTF8')), 'hex')
                      from ${sql.table(table)} as there where ${sql.join(isIt, sql` and `)}) as found(digest)) as digest
      from jsonb_array_elements(${keys}::jsonb) with ordinality as given(key, ord)
     cross join lateral jsonb_populate_record(null::${sql.table(table)}, given.key) as wanted`;
};
