import { writeSync } from 'node:fs';
import { systemClock } from '@tutela/core';
import { openDatabase } from '@tutela/db';
import { openFolderVault } from '@tutela/vault';
import { openDrain } from './drain.js';
import { standard } from './triage-ground.test-support.js';

// Judges what waits until it is killed, or nothing waits any more.
const [url, folder] = process.argv.slice(2) as [string, string];
const { db, close } = await openDatabase({ url, dataFolder: '' });
const vault = (await openFolderVault(folder)).forCase('clearinghouse/reports');
const triage = openDrain({ db, clock: systemClock, vault, policy: standard });
writeSync(1, 'begun\n');
await triage();
await close();
