import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '@tutela/db';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, startDemonstration, tutela } from './tutela-process.js';

const patience = 600_000;

let base: string;
let data: string;
let first: Ended;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'tutela waiting '));
  data = path.join(base, 'data');
  const killed = startDemonstration(['--port', '0', '--data', data]);
  await killed.told('a shared list of two organisations');
  killed.send('SIGKILL');
  await killed.ended;
  first = await demonstrate();
}, patience);
afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

const demonstrate = () => tutela(['start', '--once', '--port', '0', '--data', data]);
/** What waits for somebody, as the table tells it. */
const waiting = ({ stdout }: Ended) => /^waiting for review.*\nshared list.*\nrequest abroad.*$/m.exec(stdout)?.[0];
/** Whatever the demonstration left for people, and the events that tell of it. */
const left = async () => {
  const database = await openDatabase({ dataFolder: data });
  const { rows } = await sql<Readonly<Record<string, number>>>`
    select (select count(*)::int from platform.match where account like 'account-3%') as matches,
           (select count(*)::int from platform.filing where account like 'account-3%') as reports,
           (select count(*)::int from clearinghouse.list) as lists,
           (select count(*)::int from clearinghouse.list_entry) as entries,
           (select count(*)::int from clearinghouse.list_withdrawal) as withdrawals,
           (select count(*)::int from clearinghouse.list_version) as versions,
           (select count(*)::int from clearinghouse.request) as requests,
           (select count(*)::int from ledger.event
             where entry::jsonb ->> 'type' ~ '^clearinghouse.(list|request)-') as events`.execute(database.db);
  await database.close();
  return rows[0];
};

test(
  'a demonstration that was killed while it made what waits for people is gone on with, and a further one repeats nothing',
  async () => {
    expect(first).toMatchObject({ code: 0 });
    expect(waiting(first)).toMatch(
      new RegExp(
        [
          String.raw`account-3001/holiday-9\.jpg \(exact\), .*/mirror-10\.webp \(near\), .*/poor-9\.jpg \(near\)`,
          String.raw`demo-pictures: 3 listed, 1 withdrawn, 1 waiting for a second reviewer; published as version \d`,
          String.raw`\(preservation\) .* Example Internet Provider, US: sent, an answer awaited until .*, data kept until .*`,
        ].join(String.raw`\n.*`),
      ),
    );
    const made = await left();
    expect(made).toMatchObject({
      matches: 3,
      reports: 0,
      lists: 1,
      entries: 5,
      withdrawals: 1,
      requests: 1,
    });
    const again = await demonstrate();
    expect([again.code, waiting(again)]).toEqual([0, waiting(first)]);
    expect(await left()).toEqual(made);
  },
  patience,
);
