import type { UtcInstant } from '@tutela/core';
import { createCybertipClient } from '@tutela/cybertip';
import { encode, makePicture } from '@tutela/testkit';
import { type FastifyInstance, fastify } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DraftBody, FilingBody, FilingsWindowBody } from '../api/filings.js';
import type { MatchesBody, OverviewBody } from '../api/index.js';
import type { ListsBody } from '../api/lists.js';
import { type OpenedPlatform, openPlatformForTest, storeListOf } from '../open-platform.test-support.js';

let opened: OpenedPlatform;
let server: FastifyInstance;

/** Nobody listens there: every attempt fails, as on a day when the clearinghouse is away. */
const away = createCybertipClient({
  environment: 'test',
  baseUrl: 'http://127.0.0.1:9/ispws',
  username: 'platform',
  password: 'secret',
});

beforeAll(async () => {
  const reporter = { company: 'Example', email: 'safety@platform.example', service: 'Example Photos' };
  opened = await openPlatformForTest({ exactMatches: 'review' }, { client: away, reporter });
  server = fastify();
  await server.register(opened.desk.routes);
  const bytes = await encode(makePicture(41), { quality: 90 });
  await storeListOf(opened.deps, 'known', { seeds: [], files: [bytes] });
  const uploadedAt = '2026-03-01T10:14:57.000Z' as UtcInstant;
  const asked = { account: 'ann', name: 'ann.jpg', bytes, uploadedAt, list: 'known', threshold: 31 };
  await opened.desk.platform.receiveUpload(asked);
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

const headers = { 'tutela-actor': 'analyst-1' };
const get = async <T>(url: string) => (await server.inject({ url, headers })).json<T>();
const post = async <T>(url: string, payload: object) =>
  (await server.inject({ method: 'POST', url, headers, payload })).json<T>();
const theFiling = async () => (await get<FilingsWindowBody>('/platform/filings/window')).rows[0]!;

test('before anything is decided a draft tells what it waits for', async () => {
  const draft = await get<DraftBody>('/platform/draft?account=ann');
  expect(draft).toMatchObject({ undecided: 1, confirmed: 0, documents: null, underWay: null });
  expect(draft.destination).toEqual({ environment: 'test', company: 'Example', service: 'Example Photos' });
});

test('a report on its way shows what it says, what is missing, and each attempt', async () => {
  const { rows } = await get<MatchesBody>('/platform/matches/window?state=waiting');
  await post(`/platform/matches/${rows[0]?.id}/decision`, { decision: 'confirmed', reason: 'as listed' });
  await vi.waitFor(async () => expect((await theFiling()).failures).toBeGreaterThan(0), { timeout: 20_000 });
  const filing = await get<FilingBody>(`/platform/filings/${(await theFiling()).id}`);
  expect(filing).toMatchObject({ account: 'ann', number: null, files: 1 });
  expect(filing.documents?.report.xml).toContain('<espIdentifier>ann</espIdentifier>');
  expect(filing.documents?.files[0]?.xml).toContain('<fileViewedByEsp>false</fileViewedByEsp>');
  // No address came with the upload, and the advisor says so.
  expect(filing.documents?.facts).toContainEqual(expect.objectContaining({ id: 'file.address', state: 'absent' }));
  expect(filing.steps.map(({ act, phase }) => `${act} ${phase}`)).toContain('submit intent');
});

test('one that was refused is tried again by a person, with a reason, and one that is filed is not', async () => {
  const { id } = await theFiling();
  await sql`update platform.filing set state = 'refused', due_at = now() + interval '1 hour' where id = ${id}`.execute(
    opened.deps.db,
  );
  expect((await get<FilingsWindowBody>('/platform/filings/window?show=refused')).total).toBe(1);
  expect(await post(`/platform/filings/${id}/retry`, { reason: 'they answer again' })).toMatchObject({ filing: id });
  expect(['ready', 'open']).toContain((await theFiling()).state);
  await sql`update platform.filing set state = 'finished', report_number = '7', finished_at = now(), revision = revision + 9
             where id = ${id}`.execute(opened.deps.db);
  expect(await post(`/platform/filings/${id}/retry`, { reason: 'once more' })).toMatchObject({
    code: 'finished-already',
  });
});

test('the overview counts what is there, every day of them, and lists tell what their matches came to', async () => {
  const overview = await get<OverviewBody>('/platform/overview?days=7');
  expect(overview.days).toHaveLength(7);
  expect(overview.days.at(-1)).toMatchObject({ uploads: 1, found: 1, decided: 1, filed: 1 });
  expect(overview).toMatchObject({ matchesWaiting: 0, stacksWaiting: 0, oldestWaiting: null, filed: 1, refused: 0 });
  expect(overview.medianSeconds).toBeGreaterThanOrEqual(0);
  const { lists } = await get<ListsBody>('/platform/lists');
  expect(lists).toMatchObject([{ name: 'known', versions: 1, matches: 1, confirmed: 1, dismissed: 0 }]);
});

test('and the ledger vouches for what the person did', async () => {
  const { db } = opened.deps;
  const { rows } = await sql<{ entry: string }>`
    select entry from ledger.event where entry like '%platform.filing-retried%'`.execute(db);
  expect(rows.map(({ entry }) => JSON.parse(entry).actor)).toEqual(['analyst-1']);
});
