/** A worker process for the tests of seizures: works on what the queue holds until it is killed. */
import { systemClock } from '@tutela/core';
import { openDatabase } from '@tutela/db';
import { type Engine, openEngine } from '@tutela/engine';
import { openDecoder } from '@tutela/media';
import { openItemReader } from '../archive/item-reader.js';
import { fingerprintQueues, fingerprintWorkflows } from '../fingerprint/workflows.js';
import { seizureQueues, seizureWorkflows } from './workflows.js';

const [url = ''] = process.argv.slice(2);
const database = await openDatabase({ url, dataFolder: '' });
let engine: Engine | undefined;
const deps = { db: database.db, clock: systemClock, engine: () => engine! };
const looking = { reader: openItemReader(undefined as never), decoder: openDecoder({ processes: 1 }) };
const workflows = [...seizureWorkflows(deps), ...fingerprintWorkflows({ ...deps, ...looking })];
engine = await openEngine({
  database,
  queues: [...seizureQueues, ...fingerprintQueues],
  workflows,
  log: (line) => process.stderr.write(`${line}\n`),
  onLost: () => process.exit(70),
});
// Whoever traces this process is not it.
process.stdout.write(`${process.pid}\n`);
