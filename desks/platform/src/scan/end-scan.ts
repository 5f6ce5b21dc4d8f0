import type { Tx } from '@tutela/db';
import type { PlatformDeps } from '../deps.js';
import { openFilingWhenDecided } from '../filing/open-filing.js';
import { accountsOfScan } from '../queries/matches.js';
import { type Scan, setScanState, talliesOf, waitingBatches } from '../queries/scans.js';
import { program, record, rowOf } from '../record.js';
import { addTallies, emptyTally } from '../tally.js';

/** @param scan locked: of two batches that end at once, the second sees the first */
export const endScanWhenComplete = async (tx: Tx, deps: PlatformDeps, scan: Scan): Promise<void> => {
  if (scan.state !== 'walked' || (await waitingBatches(tx, scan.id)).length > 0) return;
  const tally = (await talliesOf(tx, scan.id)).reduce(addTallies, emptyTally);
  await setScanState(tx, scan.id, { state: 'ended', tally: JSON.stringify(tally), ended_at: deps.clock.now() });
  await record(tx, deps, {
    type: 'scan-ended',
    actor: program,
    subjects: [`scan:${scan.id}`],
    payload: { scan: scan.id, files: scan.files, bytes: scan.bytes, tally: { ...tally } },
    effects: [
      rowOf('scan', { id: scan.id }, [
        'root',
        'list_version',
        'accounts',
        'threshold',
        'started_at',
        'state',
        'batches',
        'files',
        'bytes',
        'tally',
        'ended_at',
      ]),
    ],
  });
  for (const account of await accountsOfScan(tx, scan.id)) await openFilingWhenDecided(tx, deps, account);
};
