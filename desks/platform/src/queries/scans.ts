import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { PendingOutput, PlatformTables, ScanTally } from '../schema.js';

export type Scan = Selectable<PlatformTables['platform.scan']>;
type BatchKey = Pick<Selectable<PlatformTables['platform.scan_batch']>, 'scan' | 'ordinal'>;

const tables = (db: Db) => db.withTables<PlatformTables>();

export const insertScan = async (tx: Tx, row: Insertable<PlatformTables['platform.scan']>): Promise<void> => {
  await tables(tx).insertInto('platform.scan').values(row).execute();
  await tables(tx).insertInto('platform.scan_output').values({ scan: row.id, written: 0, pending: null }).execute();
};

export const scanById = (db: Db, id: string): Promise<Scan | undefined> =>
  tables(db).selectFrom('platform.scan').selectAll().where('id', '=', id).executeTakeFirst();

/** Until the transaction ends, nobody else ends this scan or one of its batches. */
export const lockScan = (tx: Tx, id: string): Promise<Scan> =>
  tables(tx).selectFrom('platform.scan').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** The newest scan of the same folder with the same list and ways that has not been written out to its end. */
export const unfinishedScan = (db: Db, like: Pick<Scan, 'root' | 'accounts' | 'threshold'> & { list: string }) =>
  tables(db)
    .selectFrom('platform.scan as scan')
    .innerJoin('platform.list_version as version', 'version.id', 'scan.list_version')
    .innerJoin('platform.scan_output as output', 'output.scan', 'scan.id')
    .selectAll('scan')
    .where('scan.root', '=', like.root)
    .where('version.name', '=', like.list)
    .where('scan.accounts', '=', like.accounts)
    .where('scan.threshold', '=', like.threshold)
    .where((eb) => eb.or([eb('scan.state', '<>', 'ended'), eb('output.written', '<', eb.ref('scan.batches'))]))
    .orderBy('scan.started_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export const latestScans = (db: Db, limit: number): Promise<Scan[]> =>
  tables(db).selectFrom('platform.scan').selectAll().orderBy('started_at', 'desc').limit(limit).execute();

export const insertBatch = async (tx: Tx, row: Insertable<PlatformTables['platform.scan_batch']>): Promise<void> => {
  await tables(tx).insertInto('platform.scan_batch').values(row).execute();
};

export const noteWalked = async (
  tx: Tx,
  id: string,
  walked: { readonly to: Buffer; readonly files: number; readonly bytes: number },
): Promise<void> => {
  await tables(tx)
    .updateTable('platform.scan')
    .set((eb) => ({
      walked_to: walked.to,
      batches: eb('batches', '+', 1),
      files: eb('files', '+', walked.files),
      bytes: eb('bytes', '+', walked.bytes),
    }))
    .where('id', '=', id)
    .execute();
};

export const setScanState = async (
  tx: Tx,
  id: string,
  set:
    | { readonly state: 'walked' }
    | { readonly state: 'ended'; readonly tally: string; readonly ended_at: UtcInstant },
): Promise<void> => {
  await tables(tx).updateTable('platform.scan').set(set).where('id', '=', id).execute();
};

export const batchByKey = (db: Db, { scan, ordinal }: BatchKey) =>
  tables(db)
    .selectFrom('platform.scan_batch')
    .select(['paths', 'state'])
    .where('scan', '=', scan)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();

/** @returns whether it was still waiting: of two workers one writes. */
export const finishBatch = async (
  tx: Tx,
  { scan, ordinal }: BatchKey,
  set: { readonly results: Buffer; readonly tally: string },
): Promise<'written' | 'already-done'> => {
  const { numUpdatedRows } = await tables(tx)
    .updateTable('platform.scan_batch')
    .set({ ...set, state: 'done' })
    .where('scan', '=', scan)
    .where('ordinal', '=', ordinal)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows === 1n ? 'written' : 'already-done';
};

export const waitingBatches = (db: Db, scan: string) =>
  tables(db)
    .selectFrom('platform.scan_batch')
    .select('ordinal')
    .where('scan', '=', scan)
    .where('state', '=', 'waiting')
    .orderBy('ordinal')
    .execute();

export const talliesOf = async (db: Db, scan: string): Promise<readonly ScanTally[]> => {
  const rows = await tables(db)
    .selectFrom('platform.scan_batch')
    .select('tally')
    .where('scan', '=', scan)
    .where('tally', 'is not', null)
    .execute();
  return rows.flatMap(({ tally }) => (tally === null ? [] : [tally]));
};

export interface ScanProgress {
  readonly files: number;
  readonly bytes: number;
}

export const progressOf = (db: Db, scan: string): Promise<ScanProgress> =>
  tables(db)
    .selectFrom('platform.scan_batch')
    .select((eb) => [
      sql<number>`coalesce(${eb.fn.sum('files')}, 0)::int8`.as('files'),
      sql<number>`coalesce(${eb.fn.sum('bytes')}, 0)::int8`.as('bytes'),
    ])
    .where('scan', '=', scan)
    .where('state', '=', 'done')
    .executeTakeFirstOrThrow();

export const resultsFrom = (db: Db, scan: string, ordinal: number) =>
  tables(db)
    .selectFrom('platform.scan_batch')
    .select(['ordinal', 'state', 'results'])
    .where('scan', '=', scan)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();

export const outputOf = (db: Db, scan: string) =>
  tables(db).selectFrom('platform.scan_output').selectAll().where('scan', '=', scan).executeTakeFirstOrThrow();

export const setOutput = async (
  db: Db,
  scan: string,
  set: { readonly written?: number; readonly pending: PendingOutput | null },
): Promise<void> => {
  const pending = set.pending === null ? null : JSON.stringify(set.pending);
  await tables(db)
    .updateTable('platform.scan_output')
    .set({ pending, ...(set.written === undefined ? {} : { written: set.written }) })
    .where('scan', '=', scan)
    .execute();
};
