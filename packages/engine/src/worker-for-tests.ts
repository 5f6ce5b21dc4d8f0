/** A worker process for the engine's tests: `slow` writes that it began, waits, and writes that it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@tutela/db';
import { sql } from 'kysely';
import { openEngine } from './open-engine.js';

const [url = '', name = '', milliseconds = '0'] = process.argv.slice(2);
const database = await openDatabase({ url, dataFolder: '' });
const note = (table: 'begun' | 'ended', job: unknown) =>
  sql`insert into ${sql.table(table)} (job, worker) values (${job}, ${name}) on conflict do nothing`.execute(
    database.db,
  );
await openEngine({
  database,
  queues: [{ name: 'slow', perProcess: 5 }],
  workflows: [
    {
      name: 'slow',
      queue: 'slow',
      run: async (job) => {
        await note('begun', job);
        await sleep(Number(milliseconds));
        await note('ended', job);
      },
    },
  ],
  log: (line) => process.stderr.write(`${name}: ${line}\n`),
  onLost: () => process.exit(70),
});
process.stdout.write('ready\n');
