import { lstatSync } from 'node:fs';
import { inTransaction, type Tx } from '@tutela/db';
import type { PlatformDeps } from '../deps.js';
import { insertBatch, lockScan, noteWalked, type Scan, setScanState } from '../queries/scans.js';
import { endScanWhenComplete } from './end-scan.js';
import { walk } from './walk.js';

/** A batch is full with the first of the two: small files for the database's sake, large ones for the resume's. */
const batchFiles = 1000;
const batchBytes = 64 << 20;

export const batchWorkflow = 'platform.examine-batch';

export interface WalkProgress {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Walks the folder and puts what it names into batches, each with its workflow in one transaction. After a kill it goes
 * on behind the last batch.
 */
export const walkScan = async (
  deps: PlatformDeps,
  scan: Scan,
  report: (progress: WalkProgress) => void,
): Promise<void> => {
  if (scan.state !== 'walking') return;
  let ordinal = scan.batches;
  let batch = emptyBatch();
  const flush = async (): Promise<void> => {
    const { paths, bytes } = batch;
    const to = paths.at(-1);
    if (to === undefined) return;
    await inTransaction(deps.db, async (tx) => {
      const joined = Buffer.concat(paths.flatMap((path) => [path, nul]));
      await insertBatch(tx, { ...key(), paths: joined, files: paths.length, bytes, state: 'waiting' });
      await noteWalked(tx, scan.id, { to, files: paths.length, bytes });
      await startBatch(tx, deps, key());
    });
    report({ files: paths.length, bytes });
    ordinal++;
    batch = emptyBatch();
  };
  const key = () => ({ scan: scan.id, ordinal });

  for await (const { path } of walk(scan.root, scan.walked_to ?? undefined)) {
    batch.paths.push(path);
    batch.bytes += sizeOf(Buffer.concat([scan.root, Buffer.from('/'), path]));
    if (batch.paths.length === batchFiles || batch.bytes >= batchBytes) await flush();
  }
  await flush();
  await inTransaction(deps.db, async (tx) => {
    const locked = await lockScan(tx, scan.id);
    await setScanState(tx, scan.id, { state: 'walked' });
    await endScanWhenComplete(tx, deps, { ...locked, state: 'walked' });
  });
};

const nul = Buffer.from([0]);
const emptyBatch = (): { paths: Buffer[]; bytes: number } => ({ paths: [], bytes: 0 });

const startBatch = (tx: Tx, deps: PlatformDeps, key: { scan: string; ordinal: number }): Promise<void> =>
  deps.engine().start(tx, { id: `scan/${key.scan}/${key.ordinal}`, workflow: batchWorkflow, input: key });

const sizeOf = (path: Buffer): number => {
  try {
    return lstatSync(path).size;
  } catch {
    return 0;
  }
};
