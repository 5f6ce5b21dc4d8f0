import { generateKeyPairSync, sign } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openOpaqueTags } from '@tutela/attribution';
import { type Outcome, systemClock } from '@tutela/core';
import { inTransaction, openScratchDatabase, type ScratchDatabase } from '@tutela/db';
import { approvalText, type PersonId, type RequestDigest } from '@tutela/policy';
import { installFirstPeople, keyFileId, readSite, recordApproval, requestPerson } from '@tutela/policy/postgres';
import { openProviderDesk } from '@tutela/provider-desk';
import { formatJunosBlock, formatRadiusDetail } from '@tutela/testkit';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, tutela } from './tutela-process.js';

// What the command line itself prints of an order with more than one candidate: nobody.

const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};
const hour = 3_600_000;
const day = Math.floor(Date.now() / (24 * hour)) * 24 * hour - 24 * hour;
const dayName = new Date(day).toISOString().slice(0, 10);
const outside = 203 * 2 ** 24 + 113 * 2 ** 8 + 9;
const inside = 100 * 2 ** 24 + 64 * 2 ** 16;
const customers = [1, 2, 3, 4];

const people = ['staff-1', 'staff-2', 'staff-3'].map((name) => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  return { id: name as PersonId, name: `Officer ${name}`, publicKey, privateKey };
});
const [one, two, three] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];

let folder: string;
let data: string;
let database: ScratchDatabase;
const printed: { readonly command: string; readonly ended: Ended }[] = [];
const run = async (...args: readonly string[]): Promise<Ended> => {
  const ended = await tutela([...args, '--data', data], { DATABASE_URL: database.url });
  printed.push({ command: args.join(' '), ended });
  return ended;
};
const file = async (name: string, text: string): Promise<string> => {
  const to = path.join(folder, name);
  await writeFile(to, text);
  return to;
};
const approve = async (request: RequestDigest, person: typeof one): Promise<void> => {
  const credentialId = await keyFileId(person.publicKey);
  const signature = sign(null, approvalText(request, person.id), person.privateKey).toString('base64url');
  const at = systemClock.now();
  const approval = { v: 1, method: 'ed25519', request, person: person.id, at, credentialId, signature } as const;
  value(await inTransaction(database.db, async (tx) => recordApproval(tx, await readSite(tx), approval)));
};

const log = {
  exporter: 'cgn1',
  exporterFrom: 'declaration',
  natInstance: 'cgn-a',
  zone: 'UTC',
  year: { kind: 'none' },
  abbreviations: {},
  hours: 24,
  sequence: 'some-messages',
};
const declared = {
  realm: 'access',
  vrf: 'ignored',
  account: ['account'],
  clockErrorSeconds: 0,
  retentionDays: 90,
  evidence: 'lossless',
  ends: { kind: 'logged' },
};
const nat = {
  ...declared,
  log,
  format: 'junos-spc3',
  role: { kind: 'translation', nat: 'port-blocks', leadsTo: 'inside' },
  pools: ['203.0.113.0/24'],
};
const radius = {
  ...declared,
  log: { ...log, exporter: 'radius1', natInstance: 'radius' },
  format: 'freeradius-detail',
  role: { kind: 'session' },
  pools: [],
};
/** Customers 1 and 2 were given the same block; 3 is still open at the end of the log. */
const natLog = (['alloc', 'release'] as const)
  .flatMap((event, place) =>
    customers
      .filter((customer) => place === 0 || customer !== 3)
      .map((customer) => {
        const at = day + (place === 0 ? 2 : 20) * hour + customer * 1000;
        const block = customer <= 2 ? 1 : customer;
        const ports = { portFirst: 512 * block + 1024, portLast: 512 * block + 1535 };
        const where = { inside: inside + customer, outside, ...ports, sequence: undefined };
        return `${formatJunosBlock({ event, at, since: at, host: 'bng1', pool: 'cgn-a', ...where })}\n`;
      }),
  )
  .join('');
const radiusLog = (['Start', 'Stop'] as const)
  .flatMap((status, place) =>
    customers.map((customer) =>
      formatRadiusDetail({
        status,
        at: day + (place === 0 ? 1 : 23) * hour + 1000 * customer,
        sessionId: `s${customer}`,
        sessionSeconds: 22 * 3600,
        account: `seeded-account-${customer}`,
        nas: outside,
        nasPort: 'slot=1',
        callingStation: '00:00:5e:00:53:01',
        framedIp: inside + customer,
        delegated: undefined,
        block: undefined,
      }),
    ),
  )
  .join('');
const badLine = '<14>1 x bng1 RT_NAT - RT_SRC_NAT_PBA_ALLOC [x internal-ip="seeded-account-1" Seeded Name]\n';

const moment = new Date(day + 12 * hour).toISOString();
const asked = (port: number | undefined) => ({
  ip: '203.0.113.9',
  ...(port === undefined ? {} : { port, proto: 'tcp' }),
  from: { text: moment, utc: moment },
  clock: { errorSeconds: 1 },
  role: 'connection-source',
  sourceDocument: 'cd'.repeat(32),
  entry: 'electronic',
});
const order = () => ({
  format: 'tutela-attribution-order/1',
  reference: 'case-7/1',
  issuedBy: 'Ontario Court of Justice',
  issuedAt: systemClock.now(),
  expiresAt: new Date(Date.now() + 240 * hour).toISOString(),
  documentSha256: 'ab'.repeat(32),
  purpose: 'investigation',
  offence: 's. 163.1',
  scope: [
    { addresses: '203.0.113.0/24', from: new Date(day).toISOString(), to: new Date(day + 24 * hour - 1).toISOString() },
  ],
  disclose: 'identity',
  qualified: 'disclosed',
  maxCandidates: 1000,
  together: 'one-subscriber',
  observations: [asked(1600), asked(undefined)],
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-printing-'));
  data = path.join(folder, 'data');
  database = await openScratchDatabase();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const send = async (credential: string): Promise<string> => {
  const server = fastify();
  const desk = await openProviderDesk({ db: database.db, folder: path.join(data, 'provider') });
  await server.register(desk.routes);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
  const body = JSON.stringify(order());
  const response = await fetch(`${address}/attribution/v1/orders`, { method: 'POST', headers, body });
  const { orderId } = (await response.json()) as { readonly orderId: string };
  await server.close();
  expect(response.status).toBe(201);
  return orderId;
};

test('whatever the provider commands print about several candidates, no handle and nobody is in it', {
  timeout: 300_000,
}, async () => {
  for (const [name, source] of [
    ['nat.json', nat],
    ['radius.json', radius],
  ] as const)
    expect((await run('provider', 'source', 'add', await file(name, JSON.stringify(source)))).code).toBe(0);
  const covers = ['--from', new Date(day).toISOString(), '--to', new Date(day + 24 * hour).toISOString()];
  const logs = {
    cgn1: await file('nat.log', badLine + natLog),
    radius1: await file('radius.log', `${radiusLog}seeded-account-1\n`),
  };
  for (const [source, from] of Object.entries(logs))
    expect((await run('provider', 'ingest', '--source', source, ...covers, from)).stdout).toContain('recorded');
  await run('provider', 'ingest', '--source', 'nobody', logs.cgn1);
  const rows = customers.map((customer) => ({
    account: `seeded-account-${customer}`,
    name: `Seeded Name ${customer}`,
    line: 'residential',
    installationAddress: `${customer} Seeded Street`,
    billingAddress: `${customer} Seeded Street`,
  }));
  const identities = rows.map((row) => JSON.stringify(row)).join('\n');
  expect((await run('provider', 'identities', 'import', await file('people.jsonl', identities))).code).toBe(0);
  const bad = await file('bad.jsonl', '{"account":"seeded-account-1","name":"Seeded Name 1"}\n');
  expect((await run('provider', 'identities', 'import', bad)).code).toBe(3);
  const { stdout: credential } = await run('provider', 'agency', 'add', 'Toronto police');
  const by = { by: 'operator', at: systemClock.now() };
  value(await inTransaction(database.db, (tx) => installFirstPeople(tx, [one, two], by)));
  const asking = { requestedBy: one.id, reason: 'a third', at: systemClock.now() };
  await approve(value(await inTransaction(database.db, (tx) => requestPerson(tx, three, asking))).digest, two);

  const orderId = await send(credential.trim().split(/\s+/).at(-1) ?? '');
  const { stdout: request } = await run('provider', 'order', 'ask', orderId, '--by', one.id, '--reason', 'several');
  const digest = /[0-9a-f]{64}/.exec(request)?.[0] ?? '';
  const answer = ['provider', 'order', 'answer', orderId, '--approval', digest];
  expect((await run(...answer)).code).not.toBe(0);
  for (const person of [two, three]) await approve(digest as RequestDigest, person);
  // A segment that is damaged is a fault of the command, told before anything is answered.
  const segments = path.join(data, 'provider', 'segments');
  const [segment = ''] = (await readdir(segments, { recursive: true })).filter((name) => name.endsWith('.segment'));
  const whole = await readFile(path.join(segments, segment));
  await chmod(path.join(segments, segment), 0o600);
  await writeFile(path.join(segments, segment), whole.subarray(0, whole.length - 40));
  expect((await run(...answer)).code).not.toBe(0);
  await writeFile(path.join(segments, segment), whole);
  const answered = await run(...answer);
  expect(answered.code).toBe(0);
  expect(answered.stdout).toContain('N_CANDIDATES');
  await run(...answer);
  for (const more of [[], ['--json']]) {
    await run('provider', 'order', 'show', orderId, ...more);
    await run('provider', 'order', 'list', ...more);
    await run('provider', 'segments', 'list', ...more);
  }
  const shown = JSON.parse(printed.findLast(({ command }) => command.includes('show'))!.ended.stdout) as object;
  const answerId = /"answerId":"([^"]+)"/.exec(JSON.stringify(shown))?.[1] ?? 'unknown';
  await run('provider', 'reproduce', answerId);
  await run('provider', 'reproduce', 'unknown');
  await run('provider', 'source', 'list');
  await run('provider', 'rules', 'list');
  await run('provider', 'readiness', dayName, '--html', path.join(folder, 'day.html'));
  await run('provider', 'order', 'decline', orderId, '--reason', 'late');
  await run('ledger', 'check');

  const tags = openOpaqueTags(await readFile(path.join(data, 'provider', 'handles.key')));
  const hidden = [
    'seeded-account',
    'Seeded Name',
    'Seeded Street',
    ...customers.flatMap((customer) => [
      `100.64.0.${customer}`,
      tags.account(`seeded-account-${customer}`),
      tags.inside('access', { ip4: inside + customer, ip6: undefined, vrf: undefined, tunnel: undefined }),
    ]),
  ];
  expect(printed.length).toBeGreaterThan(22);
  for (const { command, ended } of printed) {
    for (const text of [ended.stdout, ended.stderr])
      for (const word of hidden) expect(text.includes(word), `tutela ${command} prints ${word}: ${text}`).toBe(false);
  }
  const page = await readFile(path.join(folder, 'day.html'), 'utf8');
  for (const word of hidden) expect(page.includes(word), word).toBe(false);
});
