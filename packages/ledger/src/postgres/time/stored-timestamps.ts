import { toInstant, type UtcInstant } from '@tutela/core';
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { ledgerTables } from '../tables.js';

export interface StoredTimestamp {
  /** Of the head that was stamped. */
  readonly size: bigint;
  /** As the settings name it. */
  readonly authority: string;
  /** RFC 3161 TimeStampToken, DER. */
  readonly token: Uint8Array;
  readonly genTime: UtcInstant;
  /** Certificates in PEM, from the authority's to its root. */
  readonly chain: string;
}

/** The tokens over the head of this size, one for each authority that gave one. */
export const readTimestamps = async (db: Kysely<unknown>, size: bigint): Promise<readonly StoredTimestamp[]> => {
  const rows = await ledgerTables(db)
    .selectFrom('ledger.timestamp')
    .select(['authority', 'token', 'gen_time', 'chain'])
    .where('size', '=', String(size))
    .orderBy('authority')
    .execute();
  return rows.map(({ gen_time, ...row }) => ({ ...row, size, genTime: toInstant(new Date(gen_time)) }));
};

/** @returns `already` when this authority had stamped this head before */
export const insertTimestamp = async (
  db: Kysely<unknown>,
  { size, authority, token, genTime, chain }: StoredTimestamp,
  at: UtcInstant,
): Promise<'stored' | 'already'> => {
  const { numInsertedOrUpdatedRows } = await ledgerTables(db)
    .insertInto('ledger.timestamp')
    .values({ size: String(size), authority, token, gen_time: genTime, chain, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? 'stored' : 'already';
};

export interface StampFailure {
  readonly authority: string;
  readonly size: bigint;
  /** From a closed set: `OrderFault` of `@tutela/ledger/time`. */
  readonly code: string;
  readonly why: string;
}

export const insertFailure = async (
  db: Kysely<unknown>,
  { authority, size, code, why }: StampFailure,
  at: UtcInstant,
): Promise<void> => {
  await ledgerTables(db)
    .insertInto('ledger.timestamp_failure')
    .values({ authority, size: String(size), at, code, why: why.slice(0, 1000).replaceAll('\0', '') })
    .execute();
};

/** What is on record of one authority. */
export interface AuthorityState {
  readonly authority: string;
  /** Its last token, by our clock. */
  readonly stamped?: { readonly size: bigint; readonly genTime: UtcInstant; readonly at: UtcInstant };
  /** Queries in vain since then. */
  readonly failures: number;
  readonly lastFailure?: { readonly at: UtcInstant; readonly code: string; readonly why: string };
}

/** In the order of the names given. */
export const readAuthorityStates = async (
  db: QueryExecutorProvider,
  authorities: readonly string[],
): Promise<readonly AuthorityState[]> => {
  const { rows } = await sql<StateRow>`
    select named.authority, stamped.size, stamped.gen_time, stamped.at as stamped_at,
           failed.failures, failed.at as failed_at, failed.code, failed.why
      from unnest(${authorities}::text[]) with ordinality as named(authority, ord)
      left join lateral (
        select size, gen_time, at from ledger.timestamp
         where timestamp.authority = named.authority order by at desc limit 1
      ) as stamped on true
      left join lateral (
        select count(*) over ()::int as failures, at, code, why from ledger.timestamp_failure as failure
         where failure.authority = named.authority and failure.at > coalesce(stamped.at, '-infinity')
         order by at desc, id desc limit 1
      ) as failed on true
     order by named.ord`.execute(db);
  return rows.map(stateOf);
};

interface StateRow {
  readonly authority: string;
  readonly size: string | number | bigint | null;
  readonly gen_time: string | Date;
  readonly stamped_at: string | Date;
  readonly failures: number | null;
  readonly failed_at: string | Date;
  readonly code: string;
  readonly why: string;
}

const stateOf = ({
  authority,
  size,
  gen_time,
  stamped_at,
  failures,
  failed_at,
  code,
  why,
}: StateRow): AuthorityState => {
  const instant = (value: string | Date): UtcInstant => toInstant(new Date(value));
  return {
    authority,
    failures: failures ?? 0,
    ...(size !== null && { stamped: { size: BigInt(size), genTime: instant(gen_time), at: instant(stamped_at) } }),
    ...(failures !== null && { lastFailure: { at: instant(failed_at), code, why } }),
  };
};
