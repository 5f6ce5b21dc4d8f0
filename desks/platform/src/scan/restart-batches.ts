import { randomUUID } from 'node:crypto';
import { inTransaction } from '@tutela/db';
import type { PlatformDeps } from '../deps.js';
import { waitingBatches } from '../queries/scans.js';
import { batchWorkflow } from './walk-scan.js';

/** Starts again the batches whose workflow broke off for good. @returns how many */
export const restartBatches = async (deps: PlatformDeps, scan: string): Promise<number> => {
  let restarted = 0;
  for (const { ordinal } of await waitingBatches(deps.db, scan)) {
    const status = await deps.engine().status(`scan/${scan}/${ordinal}`);
    if (status === 'waiting' || status === 'running') continue;
    const job = { id: `scan/${scan}/${ordinal}/${randomUUID()}`, workflow: batchWorkflow, input: { scan, ordinal } };
    await inTransaction(deps.db, (tx) => deps.engine().start(tx, job));
    restarted++;
  }
  return restarted;
};
