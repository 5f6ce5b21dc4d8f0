import { randomUUID } from 'node:crypto';
import { inTransaction } from '@tutela/db';
import type { PlatformDeps } from '../deps.js';
import { PlatformError } from '../platform-error.js';
import { listVersionById, newestListVersion } from '../queries/lists.js';
import { insertScan, type Scan, scanById, unfinishedScan } from '../queries/scans.js';
import { record, rowOf } from '../record.js';
import type { ListTally } from '../schema.js';

export interface ScanRequest {
  /** Absolute path of a folder. */
  readonly root: Buffer;
  /** Name of a list of known hashes. */
  readonly list: string;
  readonly accounts: 'none' | 'by-folder';
  /** Bits. */
  readonly threshold: number;
  readonly actor: string;
  /** `resume` goes on with the newest unfinished scan of the same request, where there is one. */
  readonly ifUnfinished: 'resume' | 'start-anew';
}

export interface StartedScan {
  readonly scan: Scan;
  /** What the list holds: without PDQ hashes no edited copy can be found. */
  readonly hashes: ListTally['hashes'];
  readonly status: 'started' | 'resumed';
}

/** @throws PlatformError `no-such-list` */
export const startScan = async (deps: PlatformDeps, request: ScanRequest): Promise<StartedScan> => {
  if (request.ifUnfinished === 'resume') {
    const scan = await unfinishedScan(deps.db, request);
    const list = scan && (await listVersionById(deps.db, scan.list_version));
    if (scan !== undefined && list !== undefined) return { scan, status: 'resumed', hashes: list.tally.hashes };
  }
  const version = await newestListVersion(deps.db, request.list);
  if (version === undefined) throw new PlatformError('no-such-list', `There is no list named ${request.list}.`);
  const id = randomUUID();
  const { root, accounts, threshold } = request;
  const fixed = { root, accounts, threshold, list_version: version.id, started_at: deps.clock.now() };
  await inTransaction(deps.db, async (tx) => {
    await insertScan(tx, { id, ...fixed, state: 'walking', walked_to: null, tally: null, ended_at: null });
    await record(tx, deps, {
      type: 'scan-started',
      actor: request.actor,
      subjects: [`scan:${id}`],
      payload: { scan: id, root: root.toString('base64'), list: version.name, version: version.id, threshold },
      effects: [rowOf('scan', { id }, ['root', 'list_version', 'accounts', 'threshold', 'started_at'])],
    });
  });
  const scan = await scanById(deps.db, id);
  if (scan === undefined) throw new PlatformError('no-such-scan', id);
  return { scan, status: 'started', hashes: version.tally.hashes };
};
