import { setTimeout as sleep } from 'node:timers/promises';
import { toInstant } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { type ConfiguredFeed, type FeedStanding, openInvestigatorDesk } from '@tutela/investigator-desk';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actor, type FeedGround, openFeedGround } from './feed-ground.js';

let ground: FeedGround;
let engine: Engine;
let police: ReturnType<typeof openInvestigatorDesk>;
let passed = 0;
let feeds: readonly ConfiguredFeed[] = [];
const lines: string[] = [];
const minute = 60_000;

beforeAll(async () => {
  ground = await openFeedGround();
  const log = (line: string): void => void lines.push(line);
  const { database, vault } = ground;
  police = openInvestigatorDesk({
    db: database.db,
    vault,
    clock: { now: () => toInstant(new Date(Date.now() + passed)) },
    engine: () => engine,
    feeds: async () => feeds,
    log,
  });
  const { queues, workflows } = police;
  engine = await openEngine({ database, queues, workflows, log, onLost: () => undefined });
  feeds = [{ name: 'north', state: 'ready', address: ground.address, everyMinutes: 15 }];
});
afterAll(async () => {
  await engine?.close();
  await ground?.close();
});

const standing = async (): Promise<FeedStanding> => {
  const [first] = await police.feedStandings();
  if (first === undefined) throw new Error('no feed is configured');
  return first;
};
const turn = async (): Promise<number> => {
  const { rows } = await sql<{ turn: string }>`select turn from investigator.feed`.execute(ground.database.db);
  return Number(rows[0]?.turn ?? 0);
};
/** The node's timer strikes, twice at once, until a fetch has ended. */
const untilFetched = async (): Promise<void> => {
  for (const before = await turn(); (await turn()) === before; await sleep(50))
    await Promise.all([police.sweepFeeds(), police.sweepFeeds()]);
};
const pulledBy = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ actor: string }>`
    select distinct entry::jsonb ->> 'actor' as actor from ledger.event
     where entry::jsonb ->> 'type' = 'investigator.report-pulled' order by 1`.execute(ground.database.db);
  return rows.map((row) => row.actor);
};

test('a feed is fetched by itself at once, and then at its interval and not before', async () => {
  const first = await ground.fileReport('first');
  expect(await standing()).toMatchObject({ fetchedAt: null, everyMinutes: 15, fault: null });
  await untilFetched();
  expect(await ground.imported()).toEqual([first]);
  expect(await ground.states()).toEqual(['acknowledged']);
  expect(await pulledBy()).toEqual(['tutela']);
  const { fetchedAt, nextAt } = await standing();
  expect(Date.parse(nextAt ?? '') - Date.parse(fetchedAt ?? '')).toBe(15 * minute);
  const second = await ground.fileReport('second');
  passed += 14 * minute;
  for (let strike = 0; strike < 10; strike++) await police.sweepFeeds();
  await sleep(500);
  expect([await turn(), await ground.imported()]).toEqual([1, [first]]);
  passed += minute + 1;
  await untilFetched();
  expect(await ground.imported()).toEqual([first, second]);
});

test('a feed that does not answer is asked again soon, then later, and says so until it answers', async () => {
  const { nextAt: planned } = await standing();
  passed += 16 * minute;
  for (const nth of [0, 1, 2]) ground.proxy.spoil(ground.proxy.requests() + nth, { kind: 'server-error' });
  for (const [times, minutes] of [
    [1, 1],
    [2, 2],
    [3, 4],
  ] as const) {
    await untilFetched();
    const { fault, nextAt, fetchedAt } = await standing();
    expect(fault).toMatchObject({ code: 'feed-unreachable', message: 'status-503', times });
    expect(Date.parse(nextAt ?? '') - Date.parse(fault?.at ?? '')).toBe(minutes * minute);
    expect(Date.parse(fetchedAt ?? '')).toBeLessThan(Date.parse(planned ?? ''));
    passed += minutes * minute + 1;
  }
  await untilFetched();
  expect(await standing()).toMatchObject({ fault: null });
  expect(lines.filter((line) => line.startsWith('feed north: status-503 (feed-unreachable)'))).toHaveLength(3);
});

test('a credential that was replaced is told as such; neither the log nor the database has it', async () => {
  const credential = 'replaced-since-0123456789';
  feeds = [{ name: 'north', state: 'ready', address: { ...ground.address, credential }, everyMinutes: 15 }];
  passed += 16 * minute;
  await untilFetched();
  expect((await standing()).fault).toMatchObject({ code: 'feed-credential-refused' });
  const { rows } = await sql<{ kept: string }>`
    select schema_to_xml('engine', true, false, '')::text || schema_to_xml('investigator', true, false, '')::text
        || schema_to_xml('ledger', true, false, '')::text as kept`.execute(ground.database.db);
  expect(rows[0]?.kept).toContain('north');
  for (const secret of [credential, ground.address.credential])
    for (const place of [rows[0]?.kept, lines.join('\n'), JSON.stringify(await police.feedStandings())])
      expect(place).not.toContain(secret);
  feeds = [{ name: 'north', state: 'ready', address: ground.address, everyMinutes: 15 }];
});

test('a person and the node do not fetch from one feed at once', async () => {
  const third = await ground.fileReport('the third one');
  passed += 61 * minute;
  const [ended, asked] = [await turn(), ground.proxy.requests()];
  ground.proxy.spoil(asked, { kind: 'slow', msPerByte: 10 });
  await police.sweepFeeds();
  while (ground.proxy.requests() === asked) await sleep(20);
  const pressed = await police.pullReferrals({ address: ground.address, actor });
  expect(pressed).toMatchObject({ kind: 'refused', reason: { code: 'being-fetched' } });
  while ((await turn()) === ended) await sleep(50);
  expect(await ground.imported()).toContain(third);
  const { rows } = await sql<{ times: number }>`
    select count(*)::int as times from investigator.pulled_report pulled
      join investigator.report using (report_id) where report.report_number = ${third}`.execute(ground.database.db);
  expect(rows[0]?.times).toBe(1);
});

test('a report that cannot be read stays told and unacknowledged until the clearinghouse takes it back', async () => {
  const spoilt = await ground.fileReport('the spoilt one');
  passed += 16 * minute;
  // The list, the referral, and the bytes.
  ground.proxy.spoil(ground.proxy.requests() + 2, { kind: 'garbled' });
  await untilFetched();
  expect(await standing()).toMatchObject({ fault: null, unread: [{ reportNumber: spoilt }] });
  expect(await ground.imported()).not.toContain(spoilt);
  expect((await ground.states()).at(-1)).not.toBe('acknowledged');
  expect(lines.at(-1)).toBe('feed north: 1 report could not be read');
  passed += 16 * minute;
  await untilFetched();
  expect((await standing()).unread).toMatchObject([{ reportNumber: spoilt }]);
  const { rows } = await sql<{ id: string }>`
    select referral_id as id from clearinghouse.referral order by made_at desc limit 1`.execute(
    ground.clearinghouse.db,
  );
  const recall = await fetch(`${ground.clearinghouse.origin}/clearinghouse/referrals/${rows[0]?.id}/recall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'tutela-actor': 'analyst-1' },
    body: JSON.stringify({ reason: 'another person' }),
  });
  expect(recall.status).toBe(200);
  passed += 16 * minute;
  await untilFetched();
  expect((await standing()).unread).toEqual([]);
});

test('a feed that says never is fetched when somebody asks, and at no other time', async () => {
  feeds = [{ name: 'north', state: 'ready', address: ground.address, everyMinutes: 'never' }];
  passed += 24 * 60 * minute;
  const before = await turn();
  await police.sweepFeeds();
  await sleep(500);
  expect([await turn(), (await standing()).nextAt]).toEqual([before, null]);
  expect(await police.pullReferrals({ address: ground.address, actor })).toMatchObject({ kind: 'done' });
});
