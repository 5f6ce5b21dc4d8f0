import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Outcome, systemClock, toInstant, type UtcInstant } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase, type Tx } from '@tutela/db';
import { type Engine, openEngine } from '@tutela/engine';
import {
  askToSend,
  draftOrder,
  importObserved,
  importRanges,
  investigatorCoveredTables,
  investigatorMigrations,
  noteProvider,
  type OrderId,
  openCase,
  openInvestigatorDesk,
  sendOrder,
  viewOrder,
} from '@tutela/investigator-desk';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { type Authority, type AuthorityId, approvalText, type PersonId, type RequestDigest } from '@tutela/policy';
import {
  enterAuthority,
  installFirstPeople,
  keyFileId,
  policyCoveredTables,
  policyMigrations,
  readSite,
  recordApproval,
  requestPerson,
  requestRole,
} from '@tutela/policy/postgres';
import {
  openProviderDesk,
  type ProviderDesk,
  providerCoveredTables,
  providerIdentityMigrations,
  providerMigrations,
} from '@tutela/provider-desk';
import { formatJunosBlock, formatRadiusDetail } from '@tutela/testkit';
import { openFolderVault } from '@tutela/vault';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';

const caseRef = 'case-7';
const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};
const by = () => ({ by: 'staff-1', at: systemClock.now() });
const hour = 3_600_000;
/** Yesterday, of which the provider has whole logs. */
const day = Math.floor(Date.now() / (24 * hour)) * 24 * hour - 24 * hour;
const address = 203 * 2 ** 24 + 113 * 2 ** 8;
const inside = 100 * 2 ** 24 + 64 * 2 ** 16;

const newPerson = (name: string) => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  return { id: name as PersonId, name: `Officer ${name}`, publicKey, privateKey };
};
const people = ['staff-1', 'staff-2', 'staff-3'].map(newPerson);
const [one, two, three] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];

let folder: string;
let database: ScratchDatabase;
let provider: ProviderDesk;
let server: FastifyInstance;
let engine: Engine;
let sweep: () => Promise<void>;
const act = <T>(doIt: (tx: Tx) => Promise<T>) => inTransaction(database.db, doIt);
const approve = async (request: RequestDigest, person: typeof one): Promise<void> => {
  const credentialId = await keyFileId(person.publicKey);
  const signature = sign(null, approvalText(request, person.id), person.privateKey).toString('base64url');
  const at = systemClock.now();
  const approval = { v: 1, method: 'ed25519', request, person: person.id, at, credentialId, signature } as const;
  value(await act(async (tx) => recordApproval(tx, await readSite(tx), approval)));
};

/** Customers 1 and 2 on two blocks of ports of one address from two o'clock, and their sessions. */
const writeLogs = async (): Promise<{ readonly nat: string; readonly radius: string }> => {
  const nat = path.join(folder, 'nat.log');
  const radius = path.join(folder, 'radius.log');
  const lines = (['alloc', 'release'] as const).flatMap((event, place) =>
    [1, 2].map((customer) => {
      const at = day + (place === 0 ? 2 : 20) * hour;
      const ports = { portFirst: 512 * customer + 1024, portLast: 512 * customer + 1535 };
      const where = { inside: inside + customer, outside: address + 9, ...ports, sequence: undefined };
      return `${formatJunosBlock({ event, at, since: at, host: 'bng1', pool: 'cgn-a', ...where })}\n`;
    }),
  );
  const stanzas = (['Start', 'Stop'] as const).flatMap((status, place) =>
    [1, 2].map((customer) =>
      formatRadiusDetail({
        status,
        at: day + (place === 0 ? 1 : 23) * hour + 1000 * customer,
        sessionId: `s${customer}`,
        sessionSeconds: 22 * 3600,
        account: `u${customer}@isp.example`,
        nas: address + 1,
        nasPort: 'slot=1',
        callingStation: '00:00:5e:00:53:01',
        framedIp: inside + customer,
        delegated: undefined,
        block: undefined,
      }),
    ),
  );
  await writeFile(nat, lines.join(''));
  await writeFile(radius, stanzas.join(''));
  return { nat, radius };
};

const openProvider = async (): Promise<void> => {
  provider = await openProviderDesk({ db: database.db, folder: path.join(folder, 'provider') });
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
  const common = { realm: 'access', vrf: 'ignored', account: ['account'], clockErrorSeconds: 0, retentionDays: 90 };
  const declared = { ...common, evidence: 'lossless', ends: { kind: 'logged' } };
  const role = { kind: 'translation', nat: 'port-blocks', leadsTo: 'inside' };
  const nat = { ...declared, log, format: 'junos-spc3', role, pools: ['203.0.113.0/24'] };
  const radiusLog = { ...log, exporter: 'radius1', natInstance: 'radius' };
  const radius = { ...declared, log: radiusLog, format: 'freeradius-detail', role: { kind: 'session' }, pools: [] };
  value(await provider.addSource(nat, 'operator'));
  value(await provider.addSource(radius, 'operator'));
  const logs = await writeLogs();
  const covers = { from: day, to: day + 24 * hour - 1 };
  value(await provider.ingest({ exporter: 'cgn1', files: [logs.nat], covers, by: 'operator' }));
  value(await provider.ingest({ exporter: 'radius1', files: [logs.radius], covers, by: 'operator' }));
  const place = { line: 'residential', installationAddress: '1 Line Street', billingAddress: '1 Line Street' };
  const rows = [1, 2].map((customer) => ({
    account: `u${customer}@isp.example`,
    name: `Person ${customer}`,
    ...place,
  }));
  value(await provider.noteIdentities(linesOf(rows), 'operator'));
};

async function* linesOf(rows: readonly object[]): AsyncGenerator<string> {
  for (const row of rows) yield JSON.stringify(row);
}

const productionOrder = (): Authority => ({
  v: 1,
  id: randomUUID() as unknown as AuthorityId,
  version: 1,
  caseRef,
  kind: 'production-order',
  issuedBy: 'Ontario Court of Justice',
  fileNumber: '26-1043',
  statute: 'Criminal Code s. 487.014',
  offence: 'Criminal Code s. 163.1(4)',
  issuedAt: systemClock.now(),
  from: systemClock.now(),
  to: toInstant(new Date(Date.now() + 240 * hour)) as UtcInstant,
  operativeText: 'To state the subscribers of the addresses named.',
  documentSha256: 'ab'.repeat(32),
  sealed: 'open',
  scope: {
    sources: ['provider/north'],
    accounts: 'any',
    addresses: ['203.0.113.9'],
    periods: 'any',
    fileClasses: 'any',
    keywords: 'any',
    exclusions: [],
    privilegeTerms: [],
  },
  grants: ['disclose'],
  conditions: [],
  secretReuse: { kind: 'own' },
  enteredBy: one.id,
  enteredAt: systemClock.now(),
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-order-'));
  database = await openScratchDatabase();
  const { db } = database;
  const desks = [investigatorMigrations, providerMigrations, providerIdentityMigrations];
  await runMigrations(db, [ledgerMigrations, policyMigrations, ...desks]);
  value(await act((tx) => installFirstPeople(tx, [one, two], { by: 'operator', at: systemClock.now() })));
  const asking = { requestedBy: one.id, reason: 'a third', at: systemClock.now() };
  await approve(value(await act((tx) => requestPerson(tx, three, asking))).digest, two);
  await openProvider();
  server = fastify();
  await server.register(provider.routes);
  const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  const { credential } = await provider.issueCredential('Toronto police', 'operator');
  const vault = (await openFolderVault(path.join(folder, 'vault'))).forCase('investigator');
  const ordering = { credentialOf: async () => credential, log: () => undefined, engine: () => engine };
  const investigator = openInvestigatorDesk({ db, vault, ordering });
  const { workflows, queues } = investigator;
  engine = await openEngine({ database, workflows, queues, log: () => undefined, onLost: () => undefined });
  sweep = investigator.sweepOrders;

  value(await act((tx) => openCase(tx, { caseRef, title: 'Storage provider', ...by() })));
  const granting = { requestedBy: two.id, reason: 'leads the case', at: systemClock.now() };
  const role = { caseRef, person: one.id, role: 'lead' } as const;
  await approve(value(await act((tx) => requestRole(tx, role, granting))).digest, three);
  const text = 'prefix,holder,country\n203.0.113.0/24,AS64500 North Net,PY\n';
  const ranges = { kind: 'table', name: 'as.csv', text, published: '2026-03-01' } as const;
  value(await act((tx) => importRanges(tx, ranges, by())));
  const contact = { email: null, language: 'es', answer_days: 14, sharing: 200, country: 'PY' } as const;
  const north = { provider_id: 'north', name: 'North Net', holders: ['AS64500 North Net'], exchange_url: baseUrl };
  value(await act((tx) => noteProvider(tx, { ...north, ...contact }, by())));
});
afterAll(async () => {
  await engine.close();
  await server.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** As the node's timer does, until the order is in that state. */
const until = async (orderId: OrderId, state: string): Promise<void> => {
  for (;;) {
    await sweep();
    const view = await viewOrder(database.db, orderId, systemClock.now());
    if (view?.state === state) return;
    await sleep(200);
  }
};

test('an order goes from the investigator desk to the provider desk and its answers come back, two approvals on each side', {
  timeout: 90_000,
}, async () => {
  const at = (port: string, proto: string) =>
    `203.0.113.9,${port},${proto},${new Date(day + 12 * hour).toISOString()},2,connection-source,${'cd'.repeat(32)},electronic`;
  const header = 'ip,port,protocol,from,clock_error_s,role,source_document,entry';
  const text = [header, at('1700', 'tcp'), at('', ''), ''].join('\n');
  const settings = { documentation: 'allow', hours: 24, abbreviations: {} } as const;
  value(await act((tx) => importObserved(tx, { caseRef, name: 'server.csv', text, settings }, by())));
  const authority = productionOrder();
  await approve(value(await act((tx) => enterAuthority(tx, authority))).digest, two);
  const wish = { caseRef, providerId: 'north', authorityId: authority.id, purpose: 'investigation' } as const;
  const terms = { disclose: 'identity', qualified: 'withheld', together: 'separate' } as const;
  const { order_id: orderId } = value(await act((tx) => draftOrder(tx, { ...wish, ...terms }, by())));
  const { digest } = value(await act((tx) => askToSend(tx, { orderId, reason: 'who had it' }, by())));
  for (const person of [two, three]) await approve(digest, person);
  value(await act((tx) => sendOrder(tx, engine, { orderId, digest }, by())));
  await until(orderId, 'waiting');

  const [received] = await provider.orders(10);
  const remote = String(received?.orderId);
  const asked = value(await provider.askRelease(remote, { by: one.id, reason: 'the order is in force' }));
  expect(await provider.releaseOrder(remote, { approval: asked.digest, by: one.id })).toMatchObject({
    reason: { code: 'too-few' },
  });
  for (const person of [two, three]) await approve(asked.digest, person);
  value(await provider.releaseOrder(remote, { approval: asked.digest, by: one.id }));
  await until(orderId, 'answered');

  const view = await viewOrder(database.db, orderId, systemClock.now());
  expect(view?.observations).toMatchObject([
    {
      answer: { outcome: 'EXACT_ONE', candidates: 1, caveats: ['SUBSCRIBER_IS_NOT_USER'] },
      identity: { name: 'Person 1' },
    },
    { answer: { outcome: 'N_CANDIDATES', candidates: 2 }, identity: null },
  ]);
  expect(JSON.stringify(view)).not.toContain('Person 2');
  const signer = signerFromPem('node.example/ledger', newSigningKeyPem());
  value(await sequence(database.db, { signer, clock: systemClock }));
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const coveredTables = [...investigatorCoveredTables, ...providerCoveredTables, ...policyCoveredTables];
  expect((await checkLedger(database.db, { publicKeys, coveredTables })).findings).toEqual([]);
});
