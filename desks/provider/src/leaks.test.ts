import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';
import { openOpaqueTags, parseIpv4 } from '@tutela/attribution';
import fastify from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderDesk } from './desk.js';
import { readinessPage, readinessPdf } from './index.js';
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
} from './open-desk.test-support.js';

// Acceptance line 4 (attribution.md §7.9): with more than one candidate only the number leaves the desk, by any way.

const ip = '203.0.113.9';
const customers = [1, 2, 3, 4, 5];
const accountOf = (customer: number): string => `seeded-account-${customer}@isp.example`;
const nameOf = (customer: number): string => `Seeded Name ${customer}`;
/** A log with a bad line in it that names somebody. */
const badLine = `<14>1 2026-03-02T18:04:00Z bng1 RT_NAT - RT_SRC_NAT_PBA_ALLOC [x internal-ip="${accountOf(1)}"]\n`;
const wholeDay = { from: atHour(0), to: atHour(24) - 1 };

let ground: Ground;
let desk: ProviderDesk;
let served: Served;
let credential: string;
let forbidden: readonly string[];
const logLines: string[] = [];
const orderIds: string[] = [];
const results: unknown[] = [];
const approvals = new Map<string, string>();

beforeAll(async () => {
  ground = await openGround('2026-03-03T10:00:00Z');
  desk = await openDesk(ground);
  served = await serve(desk, (line) => logLines.push(line));
  ({ credential } = await desk.issueCredential('Toronto police', 'operator'));
  results.push(await desk.addSource(natSource, 'operator'), await desk.addSource(radiusSource, 'operator'));
  // Two overlap on one block, and all share the address.
  const leases = customers.map((customer) => ({
    customer,
    ip,
    block: customer <= 2 ? 0 : customer,
    from: atHour(2) + customer * 1000,
    to: atHour(20) + customer * 1000,
  }));
  const nat = await ground.file('nat.log', badLine + junosLog(leases));
  const radius = await ground.file(
    'radius.log',
    `${radiusLog(customers, accountOf)}garbage ${accountOf(1)} ${nameOf(1)}\n`,
  );
  results.push(
    await desk.ingest({ exporter: 'cgn1', files: [nat], covers: wholeDay, by: 'operator' }),
    await desk.ingest({ exporter: 'radius1', files: [radius], covers: wholeDay, by: 'operator' }),
  );
  const rows = customers.map((customer) => ({
    account: accountOf(customer),
    name: nameOf(customer),
    line: 'residential',
    installationAddress: `${customer} Seeded Street`,
    billingAddress: `${customer} Seeded Street`,
  }));
  results.push(await desk.noteIdentities(lines(rows.map((row) => JSON.stringify(row))), 'operator'));
  results.push(await desk.noteIdentities(lines([`{"account":"${accountOf(1)}","name":"${nameOf(1)}"}`]), 'operator'));
  const tags = openOpaqueTags(await readFile(path.join(ground.folder, 'handles.key')));
  const inside = customers.map((customer) => `100.64.0.${customer}`);
  forbidden = [
    ...customers.map((customer) => tags.account(accountOf(customer))),
    ...inside.map((text) =>
      tags.inside('access', { ip4: parseIpv4(text)!, ip6: undefined, vrf: undefined, tunnel: undefined }),
    ),
    ...inside,
    'seeded-account',
    'Seeded Name',
    'Seeded Street',
  ];
});
afterAll(async () => {
  await served.stop();
  await ground.close();
});

async function* lines(texts: readonly string[]) {
  yield* texts;
}

const expectNobody = (what: string, text: string): void => {
  for (const word of forbidden) {
    const encoded = [word, Buffer.from(word).toString('base64').replaceAll('=', ''), Buffer.from(word).toString('hex')];
    for (const form of encoded) if (text.includes(form)) expect.fail(`${what} has ${word}: ${text.slice(0, 300)}`);
  }
};

const ask = async (url: string, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json', 'tutela-actor': 'staff-1' };
  const sent = { method: 'POST', headers, body: JSON.stringify(body) };
  const text = await (await fetch(`${served.address}/provider/${url}`, sent)).text();
  expectNobody(url, text);
  return JSON.parse(text);
};

test('orders with more than one candidate are released', async () => {
  const asking = agency(served.address, credential);
  const several = [
    observation(ip, 1100, atHour(4)),
    observation(ip, undefined, atHour(4)),
    observation(ip, 1100, atHour(5), { clock: { errorSeconds: 'unknown' } }),
  ];
  for (const disclose of ['count', 'handle', 'identity'] as const) {
    for (const together of ['separate', 'one-subscriber'] as const) {
      const document = order(several, { disclose, together, qualified: 'disclosed', maxCandidates: 1000 });
      const sent = await asking.send(document);
      expect(sent.status).toBe(201);
      const { orderId } = JSON.parse(sent.text) as { readonly orderId: string };
      orderIds.push(orderId);
      const request = value(await desk.askRelease(orderId, { by: ground.asker, reason: 'several' }));
      results.push(request, await desk.releaseOrder(orderId, { approval: request.digest, by: 'clerk' }));
      await ground.approve(request.digest, 'staff-2');
      await ground.approve(request.digest, 'staff-3');
      results.push(await desk.previewRelease(orderId, { approval: request.digest, by: 'clerk' }));
      approvals.set(orderId, request.digest);
      expect(await ask(`orders/${orderId}/preview`, { approval: request.digest })).toMatchObject({
        when: 'now',
        answers: [
          { outcome: 'N_CANDIDATES', candidates: 2, tells: 'number' },
          { outcome: 'N_CANDIDATES', candidates: 5, tells: 'number' },
          { outcome: 'N_CANDIDATES', candidates: 2, tells: 'number' },
        ],
        identities: 0,
      });
      const release = value(await desk.releaseOrder(orderId, { approval: request.digest, by: 'clerk' }));
      results.push(release, await desk.releaseOrder(orderId, { approval: request.digest, by: 'clerk' }));
      expect(release.document.answers.map(({ released }) => released)).toMatchObject([
        { outcome: 'N_CANDIDATES', candidates: 2 },
        { outcome: 'N_CANDIDATES', candidates: 5 },
        { outcome: 'N_CANDIDATES', candidates: 2 },
      ]);
      expect(release.identities).toBe(0);
      const [first] = release.document.answers;
      results.push(await desk.reproduce(first?.answerId ?? '', 'clerk'));
    }
  }
});

test('no function of the desk that the command line calls gives anybody away, however it is printed', async () => {
  results.push(
    await desk.summary(),
    await desk.sources(),
    await desk.segments(),
    await desk.rules(),
    await desk.orders(500),
    ...(await Promise.all(orderIds.map((orderId) => desk.order(orderId)))),
    await desk.releaseOrder(crypto.randomUUID(), { approval: 'ab' as never, by: 'clerk' }),
    await desk.reproduce(crypto.randomUUID(), 'clerk'),
    await desk.ingest({ exporter: 'unknown', files: [], by: 'operator' }),
  );
  const day2 = value(await desk.readiness(day));
  results.push(day2, readinessPage(day2), (await readinessPdf(day2)).toString('latin1'));
  for (const [place, result] of results.entries()) {
    expectNobody(`result ${place}`, JSON.stringify(result) ?? '');
    expectNobody(`result ${place}`, inspect(result, { depth: null, showHidden: true, maxStringLength: null }));
  }
});

test('every route gives only numbers, with and without fault', async () => {
  const routes: string[] = [];
  const collector = fastify();
  collector.addHook('onRoute', ({ method, url }) => void routes.push(`${String(method)} ${url}`));
  await collector.register(desk.routes);
  await collector.ready();
  await collector.close();
  expect(routes.filter((route) => !route.startsWith('HEAD')).sort()).toMatchInlineSnapshot(`
    [
      "GET /attribution/v1/orders/:orderId",
      "GET /attribution/v1/orders/:orderId/answer",
      "GET /provider/coverage",
      "GET /provider/coverage/days",
      "GET /provider/coverage/days/:day",
      "GET /provider/orders",
      "GET /provider/orders/:orderId",
      "GET /provider/orders/:orderId/history",
      "GET /provider/orders/:orderId/scope",
      "GET /provider/readiness/:day",
      "GET /provider/readiness/:day/page",
      "GET /provider/readiness/:day/page.pdf",
      "GET /provider/rules",
      "GET /provider/segments",
      "GET /provider/sources",
      "GET /provider/statistics",
      "POST /attribution/v1/orders",
      "POST /provider/orders/:orderId/ask",
      "POST /provider/orders/:orderId/decline",
      "POST /provider/orders/:orderId/preview",
      "POST /provider/orders/:orderId/release",
    ]
  `);
  for (const route of routes) {
    const [method = '', url = ''] = route.split(' ');
    const ids = url.includes(':orderId') ? [...orderIds, crypto.randomUUID(), "' or 1=1"] : [''];
    for (const id of ids) {
      const target = url.replace(':orderId', encodeURIComponent(id)).replace(':day', day);
      const asked = { reason: 'why', approval: approvals.get(id) ?? 'a'.repeat(64) };
      const bodies =
        method === 'POST' ? ['{"format":"tutela-attribution-order/1"', JSON.stringify(asked)] : [undefined];
      for (const body of bodies) {
        const json = body === undefined ? {} : { 'content-type': 'application/json' };
        const headers = { authorization: `Bearer ${credential}`, 'tutela-actor': 'staff-1', ...json };
        const response = await fetch(`${served.address}${target}`, {
          method,
          headers,
          ...(body !== undefined && { body }),
        });
        expectNobody(route, await response.text());
        expectNobody(route, JSON.stringify([...response.headers]));
      }
    }
  }
});

test('no log line has anybody', () => {
  expect(logLines.length).toBeGreaterThan(20);
  expectNobody('the log', logLines.join(''));
});

test('no fault has anybody: a damaged segment, a lost one', async () => {
  const asking = agency(served.address, credential);
  const segments = path.join(ground.folder, 'segments');
  const files = (await readdir(segments, { recursive: true })).filter((name) => name.endsWith('.segment'));
  for (const file of files) {
    const whole = await readFile(path.join(segments, file));
    await chmod(path.join(segments, file), 0o600);
    await writeFile(path.join(segments, file), whole.subarray(0, whole.length - 40));
    const { text } = await asking.send(order([observation(ip, 1100, atHour(4))]));
    const { orderId } = JSON.parse(text) as { readonly orderId: string };
    const { digest } = value(await desk.askRelease(orderId, { by: ground.asker, reason: 'damaged' }));
    await ground.approve(digest, 'staff-2');
    await ground.approve(digest, 'staff-3');
    const fault: unknown = await desk
      .releaseOrder(orderId, { approval: digest, by: 'clerk' })
      .catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'segment-missing' });
    expectNobody('a fault', inspect(fault, { depth: null, showHidden: true }));
    await writeFile(path.join(segments, file), whole);
  }
});

test('no row of the database has anybody but in the store of identities', async () => {
  const { db } = ground.database;
  const { rows: tables } = await sql<{ readonly name: string; readonly schema: string }>`
    select format('%I.%I', table_schema, table_name) as name, table_schema as schema
      from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  expect(tables.length).toBeGreaterThan(20);
  let inStore = '';
  for (const { name, schema } of tables) {
    const { rows } = await sql<{ readonly row: string }>`
      select to_jsonb(of)::text as row from ${sql.raw(name)} of`.execute(db);
    const text = rows.map(({ row }) => row).join('\n');
    if (schema === 'provider_identity') inStore += text;
    else expectNobody(name, text);
  }
  expect(inStore).toContain('Seeded Name 1');
});

test('no file of the desk has an identity but the key, segments with handles, and the lines that could not be read', async () => {
  const entries = await readdir(ground.folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const bytes = await readFile(path.join(entry.parentPath, entry.name));
    if (entry.name.endsWith('rejects.jsonl')) continue;
    for (const word of ['seeded-account', 'Seeded Name', '100.64.0.1'])
      expect(bytes.includes(word), `${entry.name} has ${word}`).toBe(false);
  }
});
