import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { openDecoder } from '@tutela/media';
import { stepsUpTo } from '@tutela/policy';
import { readRangeData } from '@tutela/ranges';
import { seizurePlaces, writeSeizure } from '@tutela/testkit';
import { openFolderVault } from '@tutela/vault';
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { sql } from 'kysely';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeArchiveCensus } from '../archive/census/take-census.js';
import { openItemReader } from '../archive/item-reader.js';
import { fingerprintQueues, fingerprintWorkflows } from '../fingerprint/workflows.js';
import { passState } from '../seizure/queries/sources.js';
import type { PassId } from '../seizure/schema.js';
import { caseRef, everything, openSeizureGround, type SeizureGround, value } from '../seizure/seizure.test-support.js';
import { seizureQueues, seizureWorkflows } from '../seizure/workflows.js';
import { importRecords } from '../service/import-records.js';
import { matchKnownFiles } from '../service/known-files.js';
import { readKnownList } from '../service/known-list.js';
import { recordFiles } from '../service/queries/importing.js';
import { recordsOf } from '../service/standard-layout.js';
import { investigatorRoutes } from './index.js';

type Json = Readonly<Record<string, unknown>>;
interface Window extends Json {
  readonly rows: readonly Json[];
  readonly first: string | null;
  readonly last: string | null;
  readonly total: number | null;
}

let ground: SeizureGround;
let engine: Engine;
const decoder = openDecoder({ processes: 1 });
let server: FastifyInstance;
const routes: RouteOptions[] = [];
const asked = new Set<string>();
const of = `/investigator/cases/${caseRef}`;

const schemaOf = (method: string, url: string): TSchema => {
  const { pathname } = new URL(url, 'http://localhost');
  const pattern = (route: RouteOptions): RegExp => new RegExp(`^${route.url.replaceAll(/:\w+/g, '[^/]+')}$`);
  // An address without a parameter goes before one with.
  const found = routes
    .filter((route) => route.method === method && pattern(route).test(pathname))
    .sort((one, other) => one.url.split(':').length - other.url.split(':').length)[0];
  if (found === undefined) throw new Error(`no route ${method} ${pathname}`);
  asked.add(`${method} ${found.url}`);
  return (found.schema as { readonly response: Readonly<Record<number, TSchema>> }).response[200] as TSchema;
};

/** Whatever is answered has the form that the route's schema says, and nothing that it does not say. */
const ask = async <T = Json>(method: 'GET' | 'POST', url: string, payload?: object, actor = 'staff-1'): Promise<T> => {
  const answer = await server.inject({ method, url, headers: { 'tutela-actor': actor }, ...(payload && { payload }) });
  expect([url, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([url, 200, '']);
  const schema = schemaOf(method, url);
  expect([url, [...Value.Errors(schema, answer.json())]]).toEqual([url, []]);
  return answer.json() as T;
};
const get = <T = Json>(url: string, actor?: string) => ask<T>('GET', url, undefined, actor);
const refusal = async (method: 'GET' | 'POST', url: string, payload?: object): Promise<readonly [number, unknown]> => {
  const answer = await server.inject({
    method,
    url,
    headers: { 'tutela-actor': 'staff-1' },
    ...(payload && { payload }),
  });
  return [answer.statusCode, (answer.json() as Json).code];
};

/** Every key of a table, window by window. */
const walk = async (
  url: string,
  keyOf: (row: Json) => unknown,
  direction: 'down' | 'up',
): Promise<readonly unknown[]> => {
  const keys: unknown[] = [];
  let place = direction === 'down' ? 'from=start' : 'from=end';
  for (;;) {
    const window = await get<Window>(`${url}${url.includes('?') ? '&' : '?'}limit=7&${place}`);
    const found = window.rows.map(keyOf);
    if (direction === 'down') keys.push(...found);
    else keys.unshift(...found);
    if (window.rows.length < 7) return keys;
    place = direction === 'down' ? `after=${window.last}` : `before=${window.first}`;
  }
};

beforeAll(async () => {
  ground = await openSeizureGround();
  const { db } = ground.database;
  const world = path.join(ground.folder, 'world');
  const places = seizurePlaces(world);
  await writeSeizure(world, { files: 200, archives: 6, users: 40, words: 100, seed: 3 });
  const seizure = { db, clock: systemClock, engine: () => engine };
  const reader = openItemReader(undefined as never);
  engine = await openEngine({
    database: ground.database,
    queues: [...seizureQueues, ...fingerprintQueues],
    workflows: [...seizureWorkflows(seizure), ...fingerprintWorkflows({ ...seizure, decoder, reader })],
    log: () => undefined,
    onLost: () => undefined,
  });
  await ground.authorise({ grants: stepsUpTo('open'), scope: everything });
  await sql`insert into policy.case_role (case_ref, person_id, role, granted_at, granted_by)
            values (${caseRef}, 'staff-1', 'lead', now(), 'staff-2')`.execute(db);
  server = fastify();
  server.addHook('onRoute', (route) => void routes.push(route));
  await server.register(investigatorRoutes({ ...seizure, ranges: value(await readRangeData(places.ranges)) }));
  const source = await ask('POST', `${of}/sources`, {
    exhibit: '3',
    kind: 'folder',
    locator: places.seized,
    accountPath: 'storage/*',
  });
  const pass = await ask('POST', `/investigator/sources/${String(source.sourceId)}/passes`);
  while ((await passState(db, pass.passId as PassId)) !== 'ended') await sleep(50);
  for (const { itemId, path: file } of await recordFiles(db, caseRef, 'server/')) {
    const format = recordsOf(file);
    if (format !== undefined)
      value(await importRecords({ db, clock: systemClock, reader }, { itemId, format, by: 'staff-1' }));
  }
  const vault = await openFolderVault(path.join(ground.folder, 'vault'));
  await takeArchiveCensus({ db, vault, clock: systemClock, actor: 'staff-1', reader }, { caseRef });
  expect(await ask('POST', `${of}/fingerprints`)).toMatchObject({ run: { state: 'running' } });
  while ((await get<{ run: Json }>(`${of}/fingerprints`)).run.state !== 'ended') await sleep(50);
  const stackings = sql`select from investigator.stacking where case_ref = ${caseRef}`;
  while ((await stackings.execute(db)).rows.length === 0) await sleep(50);
  const known = await readKnownList(places.known);
  await matchKnownFiles({ db, clock: systemClock }, { caseRef, known, by: 'staff-1' });
});
afterAll(async () => {
  await decoder.close();
  await server.close();
  await engine.close();
  await ground.close();
});

describe('a case', () => {
  test('is opened, gets an exhibit that is handed over, and is closed', async () => {
    await ask('POST', '/investigator/cases', { caseRef: 'case-2', title: 'Second' });
    expect(await refusal('POST', '/investigator/cases', { caseRef: 'case-2', title: 'Again' })).toEqual([
      409,
      'known-already',
    ]);
    const second = '/investigator/cases/case-2';
    await ask('POST', `${second}/exhibits`, { number: '1', description: 'Phone' });
    expect(await refusal('POST', `${second}/exhibits`, { number: '2' })).toEqual([422, 'malformed-exhibit']);
    const custody = { action: 'transferred', holder: 'staff-2', reason: 'examination' };
    expect(await ask('POST', `${second}/exhibits/1/custody`, custody)).toMatchObject({
      ordinal: 1,
      recordedBy: 'staff-1',
    });
    expect(await refusal('POST', `${second}/exhibits/9/custody`, custody)).toEqual([404, 'unknown-exhibit']);
    expect(await get(second)).toMatchObject({
      case: { title: 'Second', openedBy: 'staff-1' },
      exhibits: [{ number: '1', custody: [{ holder: 'staff-2' }] }],
    });
    await ask('POST', `${second}/close`, { reason: 'done' });
    expect(await refusal('POST', `${second}/close`, { reason: 'done' })).toEqual([409, 'closed']);
    expect(await refusal('POST', `${second}/reports`, { reportNumber: '77' })).toEqual([404, 'unknown-report']);
    expect(await refusal('GET', '/investigator/cases/none')).toEqual([404, 'unknown-case']);
  });

  test('is listed page by page to the last one', async () => {
    const first = await get('/investigator/cases?limit=1');
    const second = await get(`/investigator/cases?limit=1&before=${encodeURIComponent(String(first.next))}`);
    expect([first, second]).toMatchObject([{ cases: [{ caseRef: 'case-2' }] }, { cases: [{ caseRef, exhibits: 1 }] }]);
  });

  test('shows its authorities with their words, its deadlines, and what was decided under them', async () => {
    expect(await get(`${of}/authorities`)).toMatchObject({
      authorities: [{ standing: 'in-force', authority: { operativeText: expect.stringContaining('To search') } }],
    });
    expect(await get(of)).toMatchObject({ roles: ['lead'], deadlines: [{ kind: 'expiry', state: 'ahead' }] });
    const decisions = await get<{ decisions: readonly Json[] }>(`${of}/decisions?limit=500`);
    expect(decisions.decisions.length).toBeGreaterThan(3);
    await get(`${of}/chronology`);
    expect(await get(`${of}/roles`)).toMatchObject({ roles: [{ person: 'staff-1', role: 'lead' }], requests: [] });
    expect(await get(`${of}/persons`)).toEqual({ persons: [] });
    expect(await refusal('POST', `${of}/authorities`, { kind: 'warrant' })).toMatchObject([
      expect.any(Number),
      expect.any(String),
    ]);
  });

  test('is not acted on by nobody', async () => {
    const answer = await server.inject({
      method: 'POST',
      url: '/investigator/cases',
      payload: { caseRef: 'x', title: 'y' },
    });
    expect([answer.statusCode, (answer.json() as Json).code]).toEqual([400, 'actor-needed']);
  });
});

describe('a seizure', () => {
  test('shows its sources, how far each is read, and what is held', async () => {
    const { sources } = await get<{ sources: readonly [{ pass: Json; source: Json }] }>(`${of}/seizure`);
    expect(sources).toMatchObject([{ pass: { state: 'ended', forecast: { secondsLeft: 0 } } }]);
    const passId = String(sources[0].pass.passId);
    expect(await get(`/investigator/passes/${passId}`)).toMatchObject({ counts: { waiting: 0 } });
    expect(await refusal('POST', `/investigator/passes/${passId}/pause`)).toEqual([409, 'ended']);
    expect(await refusal('POST', `/investigator/passes/${passId}/resume`)).toEqual([409, 'ended']);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await refusal('GET', `/investigator/passes/${nobody}`)).toEqual([404, 'unknown-pass']);
    expect(await refusal('POST', `/investigator/sources/${nobody}/passes`)).toEqual([404, 'unknown-source']);
    expect(await get(`${of}/storage`)).toMatchObject({ neededBytes: 0, needed: 'estimate' });
  });

  test.each([
    ['items', 'items', (row: Json) => row.itemId],
    ['stacks of one class', 'stacks?least=1&class=picture', (row: Json) => row.sha256],
    ['stacks of equal bytes', 'stacks?least=1&kind=exact', (row: Json) => row.sha256],
    ['known files', 'known/matches', (row: Json) => row.itemId],
    ['archives', 'archives', (row: Json) => row.setId],
    ['what the service knew', 'knowledge', (row: Json) => `${String(row.itemId)}/${String(row.line)}`],
    ['accounts', 'accounts', (row: Json) => row.account],
  ])('%s are the same from either end, as many as are counted', async (_, table, keyOf) => {
    const { total } = await get<Window>(`${of}/${table}`);
    const down = await walk(`${of}/${table}`, keyOf, 'down');
    expect(down).toEqual(await walk(`${of}/${table}`, keyOf, 'up'));
    expect([new Set(down).size, down.length > 0]).toEqual([total, true]);
    const last = await get<Window>(`${of}/${table}${table.includes('?') ? '&' : '?'}rank=${down.length - 1}`);
    expect(last.rows.map(keyOf)).toEqual([down.at(-1)]);
  });

  test('stacks what looks alike and lists the files of a stack, as long as its leader may be seen', async () => {
    const { db } = ground.database;
    const { rows } = await get<Window>(`${of}/stacks?least=1&kind=exact&class=picture`);
    const [leader, other] = [String(rows[0]?.sha256), String(rows[1]?.sha256)];
    const files = Number(rows[0]?.files) + Number(rows[1]?.files);
    await sql`delete from investigator.look_alike where case_ref = ${caseRef}`.execute(db);
    await sql`insert into investigator.look_alike (case_ref, sha256, leader_sha256, distance)
              values (${caseRef}, ${leader}, ${leader}, 0), (${caseRef}, ${other}, ${leader}, 12)`.execute(db);
    const near = await get<Window>(`${of}/stacks?least=1&kind=near`);
    expect(near).toMatchObject({
      total: 1,
      rows: [{ sha256: leader, files, copies: rows[0]?.files, lookAlikes: rows[1]?.files }],
    });
    expect(await get(`${of}/items?stack=${leader}`)).toMatchObject({ total: files });
    expect(await get(`${of}/items?stack=${other}`)).toMatchObject({ total: 0 });
    expect(await get(`${of}/items/${Number(rows[1]?.firstItemId)}`)).toMatchObject({
      looks: { stack: leader, lookAlikes: rows[0]?.files, distance: 12 },
    });
    await sql`delete from investigator.look_alike where case_ref = ${caseRef}`.execute(db);
    expect((await get<Window>(`${of}/stacks?least=1&kind=near`)).total).toBe(0);
  });

  test('shows nothing of its files to somebody without a role, and says so', async () => {
    expect(await get(`${of}/items`, 'staff-2')).toMatchObject({ rows: [], total: 0, seen: 'nothing' });
    expect(await get(`${of}/stacks`, 'staff-2')).toMatchObject({ rows: [], total: 0 });
  });

  test('tells of a file what it matches, how and on which list', async () => {
    const { rows } = await get<Window>(`${of}/known/matches?limit=1`);
    const { itemId, kind, byDigest, listName, line, distance, variant } = rows[0] ?? {};
    expect(await get(`${of}/items/${Number(itemId)}`)).toMatchObject({
      match: { kind, byDigest, listName, line, distance, variant },
    });
  });

  test('tells of a file what each step needs, and hides what the filter team has', async () => {
    const { rows, total } = await get<Window>(`${of}/items?limit=1&class=document`);
    const itemId = Number(rows[0]?.itemId);
    expect(await get(`${of}/items/${itemId}`)).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({ step: 'hash', answer: 'allow' }),
        expect.objectContaining({ step: 'disclose', answer: 'needs', rule: 'step.not-granted' }),
      ]),
    });
    await sql`insert into policy.routing (case_ref, item_ref, routed_at, routed_by, reason)
              values (${caseRef}, ${`item/${itemId}`}, now(), 'staff-1', 'counsel')`.execute(ground.database.db);
    expect(await refusal('GET', `${of}/items/${itemId}`)).toEqual([404, 'unknown-item']);
    expect((await get<Window>(`${of}/items?limit=1&class=document`)).total).toBe(Number(total) - 1);
  });

  test('counts its archives by kind and state, and shows one', async () => {
    const { counts } = await get<{ counts: readonly { readonly archives: number }[] }>(`${of}/archives/counts`);
    const { rows, total } = await get<Window>(`${of}/archives?limit=1`);
    expect(counts.reduce((sum, { archives }) => sum + archives, 0)).toBe(total);
    expect(await get(`${of}/archives/${String(rows[0]?.setId)}`)).toMatchObject({ opened: [] });
    expect(await refusal('GET', `${of}/archives/00000000-0000-4000-8000-000000000000`)).toEqual([
      404,
      'unknown-archive',
    ]);
    expect(await get(`${of}/recovery`)).toMatchObject({ runs: [], archives: expect.any(Object) });
  });

  test('places users by country, and says how much the data could place', async () => {
    const users = await get<{ rate: { accesses: number; placed: number }; countries: readonly Json[] }>(`${of}/users`);
    expect(users.countries.length).toBeGreaterThan(1);
    expect(users.rate.placed).toBeLessThanOrEqual(users.rate.accesses);
    expect(await get(`${of}/knowledge/summary`)).toMatchObject({ records: { files: expect.any(Number) } });
    const { rows } = await get<Window>(`${of}/accounts?limit=1`);
    await get(`${of}/accounts/${encodeURIComponent(String(rows[0]?.account))}`);
    expect(await get(`${of}/known`)).toMatchObject({ runs: [{ matched: expect.any(Number) }] });
  });

  test('tells near matches from exact ones, with distance and entry', async () => {
    const { runs, byAccount } = await get<{ runs: readonly Json[]; byAccount: readonly Json[] }>(`${of}/known`);
    const { rows, total } = await get<Window>(`${of}/known/matches?kind=near`);
    expect([runs[0]?.near, byAccount.reduce((sum, { near }) => sum + Number(near), 0)]).toEqual([total, total]);
    expect(rows[0]).toMatchObject({ kind: 'near', byDigest: 'pdq', variant: expect.any(String) });
    expect(rows.every(({ distance }) => Number(distance) <= 31)).toBe(true);
    expect((await get<Window>(`${of}/known/matches?kind=exact`)).total).toBe(runs[0]?.matched);
    const looks = await get<{ contents: number; done: number; outcomes: readonly Json[] }>(`${of}/fingerprints`);
    expect(looks.outcomes).toEqual([{ outcome: 'decoded', pictures: looks.contents }]);
    expect(await refusal('POST', `${of}/fingerprints`)).toEqual([409, 'no-pictures']);
  });
});

test('referrals and feeds are empty lists at first, and a feed that nobody configured is not fetched from', async () => {
  expect(await get('/investigator/referrals/feeds')).toEqual({ feeds: [] });
  expect(await get('/investigator/referrals?state=waiting')).toMatchObject({ rows: [], total: 0 });
  expect(await refusal('POST', '/investigator/referrals/pull', { feed: 'north' })).toEqual([404, 'unknown-feed']);
});

describe('orders and packages', () => {
  const none = '/investigator/orders/00000000-0000-4000-8000-000000000000';

  test('are empty lists at first, and what is not here has a name', async () => {
    expect(await get('/investigator/orders')).toEqual({ orders: [] });
    expect(await get(`${of}/observations`)).toMatchObject({ rows: [], total: 0 });
    expect(await get(`${of}/observations/groups`)).toEqual({ groups: [] });
    expect(await get('/investigator/providers')).toEqual({ providers: [] });
    expect(await get('/investigator/packages')).toEqual({ packages: [] });
    expect(await refusal('GET', `${of}/observations/preview?provider=north`)).toEqual([404, 'unknown-provider']);
    expect(await refusal('GET', none)).toEqual([404, 'order-unknown']);
    expect(await refusal('GET', `${none}/outgoing`)).toEqual([404, 'order-unknown']);
    expect(await refusal('POST', `${none}/ask`, { reason: 'r' })).toEqual([404, 'unknown-order']);
    expect(await refusal('POST', `${none}/send`, { approval: 'a'.repeat(64) })).toEqual([404, 'unknown-order']);
    const posting = { postedOn: '2026-03-20', way: 'post', receipt: 'by hand' };
    expect(await refusal('POST', `${none}/posted`, posting)).toEqual([404, 'unknown-order']);
    expect(await refusal('GET', '/investigator/packages/none')).toEqual([404, 'package-unknown']);
    expect(await refusal('GET', '/investigator/packages/none/request')).toEqual([404, 'package-unknown']);
  });
});

test('no cursor of another table is taken', async () => {
  expect(await refusal('GET', `${of}/items?after=x`)).toEqual([400, 'malformed-cursor']);
});

test('every route that is read without more was asked here', () => {
  const reading = routes
    .filter(({ method, url }) => method === 'GET' && !url.includes('/reports'))
    .map(({ url }) => `GET ${url}`);
  const alone = new Set(
    ['/investigator/orders/:orderId', '/investigator/orders/:orderId/outgoing'].map((url) => `GET ${url}`),
  );
  const elsewhere = (route: string) => alone.has(route) || route.includes('/packages/') || route.endsWith('/preview');
  expect(reading.filter((route) => !asked.has(route) && !elsewhere(route))).toEqual([]);
});
