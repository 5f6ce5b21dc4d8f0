import { openFaultProxy } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FilingGround, openFilingGround } from './filing-ground.js';
import {
  type Incident,
  lostAnswers,
  serverErrors,
  serverKills,
  slowAnswers,
  workerKills,
  wrongDigests,
} from './incidents.js';
import { newestReport, openFiling, reportsSince, verdictOn } from './one-filing.js';

let ground: FilingGround;
beforeAll(async () => {
  ground = await openFilingGround();
});
afterAll(() => ground.close());

/** Every fifth: each request and each of its moments once. `npm run kill-table` has them all, and so has TUTELA_LONG. */
const some = (incidents: readonly Incident[]): readonly Incident[] =>
  process.env.TUTELA_LONG === '1' ? incidents : incidents.filter((_, at) => at % 5 === 0);

const expectOneWholeReport = async (incidents: readonly Incident[]): Promise<void> => {
  for (const { point, happen } of incidents) {
    const { reports } = await happen(ground);
    expect(verdictOn(reports), `${point}: ${JSON.stringify(reports)}`).toBe('whole');
  }
};

describe('filing', () => {
  test('a worker killed between any two steps leaves one finished report', () =>
    expectOneWholeReport(some(workerKills)));

  test('a clearinghouse killed between any two steps leaves one finished report', () =>
    expectOneWholeReport(some(serverKills)));

  test('any answer may be lost and one finished report is the end', () => expectOneWholeReport(lostAnswers));

  test('an error of the server instead of any answer leaves one finished report', () =>
    expectOneWholeReport(serverErrors));

  test('an answer that drips beyond all patience leaves one finished report', () =>
    expectOneWholeReport(some(slowAnswers)));

  test('a file that arrives as other bytes is not reported, and the report is filed anew', async () => {
    for (const { happen } of wrongDigests) {
      const { reports } = await happen(ground);
      expect(verdictOn(reports)).toBe('whole');
      expect(reports.map(({ state }) => state)).toEqual(['retracted', 'finished']);
    }
  });
});

test('a clearinghouse that spoils every file is asked again after longer and longer waits', async () => {
  const proxy = await openFaultProxy(ground);
  for (let request = 0; request < 20; request++) proxy.spoil(request, { kind: 'wrong-md5' });
  const platform = await ground.open({ port: proxy.port });
  const { filing } = await openFiling(ground, platform);
  const failures: number[] = [];
  for (let run = 0; run < 3; run++) {
    await platform.runFiling(filing);
    const { rows } = await sql<{ failures: number }>`
      select failures from platform.filing where id = ${filing}`.execute(ground.platformDb);
    failures.push(rows[0]?.failures ?? 0);
  }
  expect(failures).toEqual([1, 2, 3]);
  await proxy.close();
});

test('a filing of one environment is not sent to the other', async () => {
  const platform = await ground.open();
  const { filing } = await openFiling(ground, platform);
  await sql`update platform.filing set environment = 'production' where id = ${filing}`.execute(ground.platformDb);
  const before = await newestReport(ground);
  await platform.runFiling(filing);
  expect(await reportsSince(ground, before)).toEqual([]);
});
