import { writeSync } from 'node:fs';
import { systemClock } from '@tutela/core';
import { inTransaction, openDatabase } from '@tutela/db';
import { sql } from 'kysely';
import { signerFromPem } from '../node-crypto.js';
import { appendEvent } from './append-event.js';
import { eventOf } from './ledger-database.test-support.js';
import { startSequencer } from './sequencer.js';

// Acts and sequences until it is killed; writes a line of JSON for each act that it was told is committed, and for each
// head that it has signed and stored.
const [url, pem, firstThing] = process.argv.slice(2) as [string, string, string];
const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const { db } = await openDatabase({ url, dataFolder: '' });
const signer = signerFromPem('test.example/ledger', pem);
const sequencer = await startSequencer(db, {
  signer,
  clock: systemClock,
  everyMs: 1,
  onHead: (head) => say({ head }),
  onTrouble: (error) => say({ trouble: String(error) }),
});
if (sequencer.kind !== 'done') say({ trouble: sequencer.reason.message });

const actForEver = async (_: unknown, writer: number): Promise<never> => {
  for (let thing = Number(firstThing) + writer * 10_000; ; thing++) {
    const id = await inTransaction(db, async (tx) => {
      await sql`insert into desk.thing (id, word) values (${thing}, 'word')`.execute(tx);
      return appendEvent(tx, eventOf({ thing, word: 'word', caseRef: `case-${thing % 5}` }));
    });
    say({ id });
  }
};
await Promise.all(Array.from({ length: 3 }, actForEver));
