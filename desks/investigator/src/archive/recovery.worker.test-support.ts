/** A worker process for the tests of recovery: looks for passwords until it is killed. */
import { systemClock } from '@tutela/core';
import { openDatabase } from '@tutela/db';
import { openEmbeddedEngine } from '@tutela/recovery';
import { openFolderVault } from '@tutela/vault';
import { openItemReader } from './item-reader.js';
import { runRecovery } from './recovery/run-recovery.js';
import { defaultRecoveryOptions } from './recovery/work.js';

const [url = '', folder = '', caseRef = '', authorityId = ''] = process.argv.slice(2);
const database = await openDatabase({ url, dataFolder: '' });
const vault = await openFolderVault(folder);
const deps = { db: database.db, vault, clock: systemClock, actor: 'tutela', reader: openItemReader(vault) };
const engine = openEmbeddedEngine({ threads: 1 });
process.stdout.write('ready\n');
const options = {
  ...defaultRecoveryOptions,
  stopRule: { mostSecondsPerLock: 1e9, mostSeconds: 1e9 },
  beatSeconds: 0.1,
  staleSeconds: 1,
  unitSeconds: 0.2,
};
await runRecovery(deps, { caseRef, authorityId, options }, { engine });
process.exit(0);
