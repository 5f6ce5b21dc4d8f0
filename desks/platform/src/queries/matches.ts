import { groupBy } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { PlatformTables } from '../schema.js';

export type Match = Selectable<PlatformTables['platform.match']>;
export type NewMatch = Insertable<PlatformTables['platform.match']>;

const tables = (db: Db) => db.withTables<PlatformTables>();

/**
 * @returns those that are new: the same bytes of an account are not matched again by another scan or list, and a near
 * match adds nothing to an exact one
 */
export const insertMatches = async (tx: Tx, rows: readonly NewMatch[]): Promise<readonly NewMatch[]> => {
  if (rows.length === 0) return [];
  const exact = await tables(tx)
    .selectFrom('platform.match')
    .select(['account', 'sha256'])
    .where('kind', '=', 'exact')
    .where('scan', 'is not', null)
    .where('account', 'in', [...new Set(rows.map(({ account }) => account))])
    .where(
      'sha256',
      'in',
      rows.map(({ sha256 }) => sha256),
    )
    .execute();
  const known = new Set(exact.map(fileOf));
  const adding = rows.filter((row) => row.upload !== null || row.kind === 'exact' || !known.has(fileOf(row)));
  if (adding.length === 0) return [];
  const inserted = await tables(tx)
    .insertInto('platform.match')
    .values(adding)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  const ids = new Set(inserted.map(({ id }) => id));
  return adding.filter(({ id }) => ids.has(id));
};

const fileOf = ({ account, sha256 }: Pick<NewMatch, 'account' | 'sha256'>): string =>
  `${sha256.toString('hex')} ${account}`;

/** @returns the matches that had no decision yet; the first one stands. */
export const insertDecisions = async (
  tx: Tx,
  rows: readonly Insertable<PlatformTables['platform.decision']>[],
): Promise<readonly string[]> => {
  const inserted = await tables(tx)
    .insertInto('platform.decision')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('match')
    .execute();
  return inserted.map(({ match }) => match);
};

export const insertUpload = async (
  tx: Tx,
  row: Insertable<PlatformTables['platform.upload']>,
): Promise<'new' | 'known'> => {
  const { numInsertedOrUpdatedRows } = await tables(tx)
    .insertInto('platform.upload')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? 'new' : 'known';
};

export const uploadById = (db: Db, id: string) =>
  tables(db).selectFrom('platform.upload').select(['sha256', 'result']).where('id', '=', id).executeTakeFirst();

export const insertView = async (tx: Tx, row: Insertable<PlatformTables['platform.view']>): Promise<void> => {
  await tables(tx).insertInto('platform.view').values(row).execute();
};

export const matchById = (db: Db, id: string) =>
  tables(db)
    .selectFrom('platform.match as match')
    .innerJoin('platform.list_version as version', 'version.id', 'match.list_version')
    .leftJoin('platform.decision as decision', 'decision.match', 'match.id')
    .selectAll('match')
    .select(['version.name as list', 'decision.decision', 'decision.basis', 'decision.decided_by', 'decision.reason'])
    .where('match.id', '=', id)
    .executeTakeFirst();

export interface MatchQuery {
  readonly state: 'waiting' | 'confirmed' | 'dismissed' | 'all';
  readonly limit: number;
  readonly before?: string;
  readonly account?: string;
}

/** Newest first, behind a given match; `waiting` has no decision yet. */
export const listMatches = (db: Db, { state, limit, before, account }: MatchQuery) => {
  let query = tables(db)
    .selectFrom('platform.match as match')
    .innerJoin('platform.list_version as version', 'version.id', 'match.list_version')
    .leftJoin('platform.decision as decision', 'decision.match', 'match.id')
    .selectAll('match')
    .select(['version.name as list', 'decision.decision', 'decision.basis'])
    .orderBy('match.found_at', 'desc')
    .orderBy('match.id', 'desc')
    .limit(limit);
  if (state === 'waiting') query = query.where('decision.decision', 'is', null);
  else if (state !== 'all') query = query.where('decision.decision', '=', state);
  if (account !== undefined) query = query.where('match.account', '=', account);
  if (before !== undefined) {
    query = query.where(
      sql<boolean>`(match.found_at, match.id) < (select found_at, id from platform.match where id = ${before})`,
    );
  }
  return query.execute();
};

/** Matches whose identifier begins so; two are enough to know that it is not one. */
export const matchesBeginning = (db: Db, prefix: string) =>
  tables(db)
    .selectFrom('platform.match')
    .select('id')
    .where(sql<string>`id::text`, 'like', `${prefix.replaceAll(/[^0-9a-f-]/g, '')}%`)
    .limit(2)
    .execute();

export const countMatches = (db: Db) =>
  tables(db)
    .selectFrom('platform.match as match')
    .leftJoin('platform.decision as decision', 'decision.match', 'match.id')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('decision.decision', 'is', null).as('waiting'),
      fn.countAll<number>().filterWhere('decision.decision', '=', 'confirmed').as('confirmed'),
      fn.countAll<number>().filterWhere('decision.decision', '=', 'dismissed').as('dismissed'),
    ])
    .executeTakeFirstOrThrow();

/** Whether anybody on the platform looked at a file of these bytes before a moment. */
export const wasViewed = async (db: Db, sha256: Buffer): Promise<'viewed' | 'not-viewed'> => {
  const row = await tables(db)
    .selectFrom('platform.view')
    .select('id')
    .where('sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 'not-viewed' : 'viewed';
};

/** Accounts named by matches of a scan. */
export const accountsOfScan = async (db: Db, scan: string): Promise<readonly string[]> => {
  const rows = await tables(db)
    .selectFrom('platform.match')
    .select('account')
    .distinct()
    .where('scan', '=', scan)
    .orderBy('account')
    .execute();
  return rows.map(({ account }) => account);
};

/**
 * Matches of an account that stand at the end of their scan or upload: confirmed ones not yet in a filing, and how
 * many nobody has decided. Bytes found by several scans count once; each upload is an act of its own.
 */
export const fileableMatches = async (db: Db, account: string) => {
  const rows = await tables(db)
    .selectFrom('platform.match as match')
    .leftJoin('platform.decision as decision', 'decision.match', 'match.id')
    .leftJoin('platform.scan as scan', 'scan.id', 'match.scan')
    .leftJoin('platform.filing_file as filed', 'filed.match', 'match.id')
    .select(['match.id', 'match.sha256', 'match.upload', 'decision.decision', 'filed.filing'])
    .where('match.account', '=', account)
    .where((eb) => eb.or([eb('match.scan', 'is', null), eb('scan.state', '=', 'ended')]))
    .orderBy('match.kind')
    .orderBy('match.found_at')
    .orderBy('match.id')
    .execute();
  const confirmed: string[] = [];
  let undecided = 0;
  for (const same of groupBy(rows, (row) => row.upload ?? row.sha256.toString('hex')).values()) {
    if (same.some(({ filing }) => filing !== null)) continue;
    const first = same.find(({ decision }) => decision === 'confirmed');
    if (first !== undefined) confirmed.push(first.id);
    else if (same.every(({ decision }) => decision === null)) undecided++;
  }
  return { confirmed, undecided };
};
