import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { sql } from 'kysely';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderDesk } from '../../desk.js';
import {
  agency,
  atHour,
  day,
  type Ground,
  junosLog,
  natSource,
  observation,
  openDesk,
  openGround,
  order,
  radiusLog,
  radiusSource,
  type Served,
  serve,
  value,
} from '../../open-desk.test-support.js';

type Json = Readonly<Record<string, unknown>>;
const ip = '203.0.113.9';
let ground: Ground;
let desk: ProviderDesk;
let server: FastifyInstance;
let served: Served;
const routes: RouteOptions[] = [];
const orderIds: string[] = [];

beforeAll(async () => {
  ground = await openGround('2026-03-03T10:00:00Z');
  desk = await openDesk(ground);
  served = await serve(desk);
  server = fastify();
  server.addHook('onRoute', (route) => void routes.push(route));
  await server.register(desk.routes);
  value(await desk.addSource(natSource, 'operator'));
  value(await desk.addSource(radiusSource, 'operator'));
  const leases = [1, 2, 3].map((customer) => ({
    customer,
    ip,
    block: customer <= 2 ? 0 : customer,
    from: atHour(2) + customer * 1000,
    to: atHour(20) + customer * 1000,
  }));
  const files = [
    ['cgn1', await ground.file('nat.log', junosLog(leases))],
    [
      'radius1',
      await ground.file(
        'radius.log',
        radiusLog([1, 2, 3], (customer) => `account-${customer}`),
      ),
    ],
  ] as const;
  for (const [exporter, file] of files)
    value(
      await desk.ingest({ exporter, files: [file], covers: { from: atHour(0), to: atHour(24) - 1 }, by: 'operator' }),
    );
  const { credential } = await desk.issueCredential('Toronto police', 'operator');
  const several = [observation(ip, 1100, atHour(4)), observation('198.51.100.1', 80, atHour(4))];
  for (const _ of [1, 2, 3]) {
    const sent = JSON.parse((await agency(served.address, credential).send(order(several))).text) as Json;
    orderIds.push(String(sent.orderId));
  }
});
afterAll(async () => {
  await server.close();
  await served.stop();
  await ground.close();
});

const ask = async <T = Json>(method: 'GET' | 'POST', url: string, payload?: object): Promise<T> => {
  const answer = await server.inject({
    method,
    url,
    headers: { 'tutela-actor': 'staff-1' },
    ...(payload && { payload }),
  });
  expect([url, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([url, 200, '']);
  const { pathname } = new URL(url, 'http://localhost');
  const route = routes.find((each) => each.method === method && matches(each.url, pathname));
  const answers = route?.schema?.response as Readonly<Record<number, TSchema>>;
  const schema = answers[200] as TSchema;
  expect([url, [...Value.Errors(schema, answer.json())]]).toEqual([url, []]);
  return answer.json() as T;
};
const matches = (url: string, pathname: string): boolean =>
  new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`).test(pathname);
const refusal = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const answer = await server.inject({
    method,
    url,
    headers: { 'tutela-actor': 'staff-1' },
    ...(payload && { payload }),
  });
  return [answer.statusCode, (answer.json() as Json).code];
};

test('every list of the desk has the form that its schema says', async () => {
  expect(await ask('GET', '/provider/sources')).toMatchObject({ sources: [{ exporter: 'cgn1' }, {}] });
  expect(await ask('GET', '/provider/coverage')).toMatchObject({
    exporters: [{ exporter: 'cgn1', missingDays: 0 }, {}],
  });
  await ask('GET', '/provider/rules');
  expect(await ask('GET', '/provider/coverage/days?days=2')).toMatchObject({
    from: '2026-03-01',
    to: day,
    exporters: [{ exporter: 'cgn1', days: [{ day, coveredShare: 0 }] }, { exporter: 'radius1' }],
  });
  expect(await ask('GET', `/provider/coverage/days/${day}`)).toMatchObject({
    exporters: [{ exporter: 'cgn1', gaps: [{ cause: 'unexplained-pairing-fault' }] }, { exporter: 'radius1' }],
  });
  expect(await refusal('GET', '/provider/coverage/days/2020-01-01')).toEqual([404, 'day-not-kept']);
  expect(await ask('GET', `/provider/readiness/${day}`)).toMatchObject({ day });
  expect(await refusal('GET', '/provider/readiness/2020-01-01')).toEqual([404, 'day-not-kept']);
});

test.each([
  ['orders', 'orderId'],
  ['segments', 'sha256'],
])('%s are the same from either end, as many as are counted', async (table, key) => {
  const keys = async (start: string, next: (window: Json) => string): Promise<readonly unknown[]> => {
    const found: unknown[][] = [];
    for (let place = start; ; ) {
      const window = await ask<{ rows: readonly Json[] }>('GET', `/provider/${table}?limit=1&${place}`);
      if (window.rows.length === 0) return found.flat();
      found.push(window.rows.map((row) => row[key]));
      place = next(window as Json);
    }
  };
  const down = await keys('from=start', ({ last }) => `after=${String(last)}`);
  const up = await keys('from=end', ({ first }) => `before=${String(first)}`);
  expect(down).toEqual(up.toReversed());
  expect((await ask('GET', `/provider/${table}`)).total).toBe(down.length);
});

test('an order shows by what it came, and what of it lies outside of its scope', async () => {
  const url = `/provider/orders/${orderIds[0]}`;
  expect(await ask('GET', url)).toMatchObject({ state: 'received', authenticity: { agency: 'Toronto police' } });
  expect(await ask('GET', `${url}/scope`)).toMatchObject({
    covered: 1,
    questions: [
      { ip, scope: 'covered', reason: null },
      { scope: 'refused', reason: 'OUTSIDE_ORDER_ADDRESS' },
    ],
  });
  const none = '/provider/orders/00000000-0000-4000-8000-000000000000';
  for (const part of ['', '/scope']) expect(await refusal('GET', `${none}${part}`)).toEqual([404, 'order-unknown']);
  expect(await refusal('POST', `${none}/decline`, { reason: 'r' })).toEqual([404, 'order-unknown']);
});

test('a preview asks for the approvals of the release, and takes everything back', async () => {
  const url = `/provider/orders/${orderIds[1]}`;
  const { digest } = await ask<{ digest: never }>('POST', `${url}/ask`, { reason: 'read against the document' });
  const approval = { approval: digest };
  await ground.approve(digest, 'staff-2');
  expect(await refusal('POST', `${url}/preview`, approval)).toEqual([409, 'too-few']);
  await ground.approve(digest, 'staff-3');
  const preview = await ask('POST', `${url}/preview`, approval);
  expect(preview).toMatchObject({
    when: 'now',
    answers: [
      { outcome: 'N_CANDIDATES', candidates: 2, tells: 'number' },
      { outcome: 'REFUSED', tells: 'nothing' },
    ],
  });
  expect(await ask('POST', `${url}/preview`, approval)).toEqual(preview);
  expect((await ask('GET', url)).state).toBe('received');
  const { rows } = await sql<{ types: readonly string[] }>`
    select array_agg(entry::jsonb ->> 'type') as types from ledger.event
     where entry::jsonb -> 'subjects' ? ${`provider/order/${orderIds[1]}`}`.execute(ground.database.db);
  expect(rows[0]?.types.filter((type) => type === 'provider.order-previewed')).toHaveLength(2);
  expect(rows[0]?.types).not.toContain('provider.order-released');
  const released = await ask('POST', `${url}/release`, approval);
  expect(released).toMatchObject({ when: 'now', outcomes: { N_CANDIDATES: 1, REFUSED: 1 }, identities: 0 });
  const { events } = await ask<{ events: readonly { readonly type: string }[] }>('GET', `${url}/history`);
  const previewed = 'provider.order-previewed';
  expect(events.map(({ type }) => type)).toEqual([
    'provider.order-released',
    previewed,
    previewed,
    'provider.order-received',
  ]);
  expect(await refusal('POST', `${url}/ask`, { reason: 'again' })).toEqual([409, 'order-settled']);
});

test('statistics count, and hold nothing else', async () => {
  await ask('POST', `/provider/orders/${orderIds[2]}/decline`, { reason: 'not ours' });
  expect(await ask('GET', '/provider/statistics')).toEqual({
    from: null,
    to: null,
    orders: { received: 1, released: 1, declined: 1 },
    disclose: { identity: 3 },
    questions: 2,
    outcomes: { N_CANDIDATES: 1, REFUSED: 1 },
  });
  expect(await ask('GET', '/provider/statistics?from=2026-03-04')).toMatchObject({ orders: {}, questions: 0 });
});

test('nobody acts without a name', async () => {
  const answer = await server.inject({
    method: 'POST',
    url: `/provider/orders/${orderIds[0]}/decline`,
    payload: { reason: 'r' },
  });
  expect([answer.statusCode, (answer.json() as Json).code]).toEqual([400, 'actor-needed']);
});
