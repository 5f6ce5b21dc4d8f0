import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { FilingAct, FilingTable, PlatformTables } from '../schema.js';

export type Filing = Selectable<FilingTable>;
export type FilingFile = Awaited<ReturnType<typeof filesOfFiling>>[number];

const tables = (db: Db) => db.withTables<PlatformTables>();

/** @returns whether the account had none under way: of two openers one opens. */
export const insertFiling = async (
  tx: Tx,
  row: Insertable<FilingTable>,
  matches: readonly string[],
): Promise<'opened' | 'one-is-under-way'> => {
  const { numInsertedOrUpdatedRows } = await tables(tx)
    .insertInto('platform.filing')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return 'one-is-under-way';
  const files = matches.map((match, ordinal) => ({ filing: row.id, ordinal, match, attempt: null, file_id: null }));
  await tables(tx).insertInto('platform.filing_file').values(files).execute();
  return 'opened';
};

export const filingById = (db: Db, id: string): Promise<Filing | undefined> =>
  tables(db).selectFrom('platform.filing').selectAll().where('id', '=', id).executeTakeFirst();

/** The matches of a filing with all that is said of them to the clearinghouse. */
export const filesOfFiling = (db: Db, filing: string) =>
  tables(db)
    .selectFrom('platform.filing_file as file')
    .innerJoin('platform.match as match', 'match.id', 'file.match')
    .innerJoin('platform.list_version as version', 'version.id', 'match.list_version')
    .leftJoin('platform.upload as upload', 'upload.id', 'match.upload')
    .leftJoin('platform.decision as decision', 'decision.match', 'match.id')
    .selectAll('match')
    .select(['file.ordinal', 'file.attempt', 'file.file_id', 'file.described', 'version.name as list'])
    .select(['upload.uploaded_at', 'upload.port', 'decision.basis', sql<string | null>`host(upload.ip)`.as('ip')])
    .where('file.filing', '=', filing)
    .orderBy('file.ordinal')
    .execute();

/** Matches as a report would have them that is not opened yet, in its order. */
export const filesToFile = (db: Db, matches: readonly string[]) =>
  tables(db)
    .selectFrom('platform.match as match')
    .innerJoin('platform.list_version as version', 'version.id', 'match.list_version')
    .leftJoin('platform.upload as upload', 'upload.id', 'match.upload')
    .leftJoin('platform.decision as decision', 'decision.match', 'match.id')
    .selectAll('match')
    .select(['version.name as list', 'upload.uploaded_at', 'upload.port', 'decision.basis'])
    .select([sql<string | null>`host(upload.ip)`.as('ip'), sql<string | null>`null`.as('file_id')])
    .where('match.id', 'in', [...matches])
    .orderBy('match.kind')
    .orderBy('match.found_at')
    .orderBy('match.id')
    .execute();

export const stepsOfFiling = (db: Db, filing: string) =>
  tables(db)
    .selectFrom('platform.filing_step')
    .select(['ordinal', 'attempt', 'act', 'phase', 'detail', 'at'])
    .where('filing', '=', filing)
    .orderBy('ordinal', 'desc')
    .execute();

/**
 * Moves a filing on if nobody else did since `revision` was read.
 * @returns `overtaken` when another worker did: this one must stop
 */
export const moveFiling = async (
  tx: Tx,
  { id, revision }: Pick<Filing, 'id' | 'revision'>,
  set: Updateable<FilingTable>,
): Promise<'moved' | 'overtaken'> => {
  const { numUpdatedRows } = await tables(tx)
    .updateTable('platform.filing')
    .set({ ...set, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? 'moved' : 'overtaken';
};

export const noteFile = async (
  tx: Tx,
  { filing, ordinal }: { readonly filing: string; readonly ordinal: number },
  set: { readonly attempt?: number; readonly file_id?: string; readonly described: boolean },
): Promise<void> => {
  await tables(tx)
    .updateTable('platform.filing_file')
    .set(set)
    .where('filing', '=', filing)
    .where('ordinal', '=', ordinal)
    .execute();
};

export const insertStep = async (
  tx: Tx,
  step: {
    filing: string;
    attempt: number;
    act: FilingAct;
    phase: 'intent' | 'answer';
    detail: JsonObject;
    at: UtcInstant;
  },
): Promise<number> => {
  const { detail, ...fixed } = step;
  const next = sql<number>`(select coalesce(max(ordinal), -1) + 1 from platform.filing_step where filing = ${step.filing})`;
  const { ordinal } = await tables(tx)
    .insertInto('platform.filing_step')
    .values({ ...fixed, detail: JSON.stringify(detail), ordinal: next })
    .returning('ordinal')
    .executeTakeFirstOrThrow();
  return ordinal;
};

/** The report of an account that is not finished yet. */
export const filingUnderWay = (db: Db, account: string) =>
  tables(db)
    .selectFrom('platform.filing')
    .select(['id', 'state', 'reason'])
    .where('account', '=', account)
    .where('state', 'in', ['ready', 'open'])
    .executeTakeFirst();

/** Filings that should be moving and are not. */
export const dueFilings = (
  db: Db,
  now: UtcInstant,
  environment: Filing['environment'],
): Promise<Pick<Filing, 'id' | 'revision'>[]> =>
  tables(db)
    .selectFrom('platform.filing')
    .select(['id', 'revision'])
    .where('state', 'in', ['ready', 'open'])
    .where('due_at', '<=', now)
    .where('environment', '=', environment)
    .execute();

export const countFilings = (db: Db) =>
  tables(db)
    .selectFrom('platform.filing')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();

export const latestFilings = (db: Db, limit: number) =>
  tables(db)
    .selectFrom('platform.filing as filing')
    .selectAll('filing')
    .select((eb) =>
      eb
        .selectFrom('platform.filing_file as file')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('file.filing', '=', 'filing.id')
        .as('files'),
    )
    .orderBy('filing.opened_at', 'desc')
    .orderBy('filing.id')
    .limit(limit)
    .execute();
