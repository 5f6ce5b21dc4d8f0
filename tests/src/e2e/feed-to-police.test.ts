import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demonstrationAuthorities } from '@tutela/clearinghouse-desk';
import { systemClock } from '@tutela/core';
import { createCybertipClient } from '@tutela/cybertip';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import {
  type ConfiguredFeed,
  type InvestigatorDesk,
  investigatorCoveredTables,
  investigatorMigrations,
  openInvestigatorDesk,
} from '@tutela/investigator-desk';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { policyMigrations } from '@tutela/policy/postgres';
import { type FaultProxy, openFaultProxy } from '@tutela/testkit';
import { openFolderVault } from '@tutela/vault';
import { type FastifyInstance, fastify } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedClearinghouse, openClearinghouse } from '../conformance/open-clearinghouse.js';

const authority = 'us-demo-police';
const actor = 'unit-1';

let folder: string;
let clearinghouse: OpenedClearinghouse;
let database: ScratchDatabase;
let police: InvestigatorDesk;
let credential: string;
let proxy: FaultProxy;
let pages: FastifyInstance;
let feeds: readonly ConfiguredFeed[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela feed '));
  clearinghouse = await openClearinghouse();
  proxy = await openFaultProxy({ port: Number(new URL(clearinghouse.origin).port) });
  const { routing } = clearinghouse.desk;
  await routing.importRegistry({ text: await readFile(demonstrationAuthorities, 'utf8'), by: actor });
  const issued = await routing.issueFeedCredential({ authorityId: authority, by: actor });
  if (issued.kind !== 'done') throw new Error(issued.reason.message);
  credential = issued.value.credential;
  database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, policyMigrations, investigatorMigrations]);
  police = openInvestigatorDesk({
    db: database.db,
    vault: (await openFolderVault(path.join(folder, 'vault'))).forCase('investigator/deliveries'),
    feeds: async () => feeds,
  });
  pages = fastify();
  await pages.register(police.routes);
});
afterAll(async () => {
  await pages.close();
  await database.close();
  await proxy.close();
  await clearinghouse.close();
  await rm(folder, { recursive: true });
});

/** Of an account in the United States, with one file of that size. */
const fileReport = async (name: string, size = 40): Promise<string> => {
  const { origin, username, password } = clearinghouse;
  const client = createCybertipClient({ baseUrl: `${origin}/ispws`, environment: 'test', username, password });
  const opened = await client.submit({
    incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
    reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
    personOrUserReported: [{ espIdentifier: name, estimatedLocation: { countryCode: 'US' } }],
  });
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  const bytes = new Uint8Array(size).fill(name.length);
  const md5 = createHash('md5').update(bytes).digest('hex');
  await client.upload({ reportId: opened.value, file: { name: `${name}.png`, bytes }, md5 });
  await client.finish(opened.value);
  await routed(opened.value);
  return opened.value;
};

/** The clearinghouse does so of its own accord once a report is finished. */
const routed = async (report: string): Promise<void> => {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { rows } = await sql`
      select from clearinghouse.routing where report_number = ${report}::bigint`.execute(clearinghouse.db);
    if (rows.length > 0) return;
    await sleep(50);
  }
  throw new Error(`report ${report} was not routed`);
};

const pull = () =>
  police.pullReferrals({ address: { baseUrl: `http://127.0.0.1:${proxy.port}`, authority, credential }, actor });
const imported = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ n: string }>`
    select report_number as n from investigator.report order by 1`.execute(database.db);
  return rows.map(({ n }) => n);
};
const states = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ state: string }>`
    select state from clearinghouse.referral order by made_at`.execute(clearinghouse.db);
  return rows.map(({ state }) => state);
};

test('a report goes from a platform over the clearinghouse’s feed to the police, once, and is acknowledged', async () => {
  const report = await fileReport('first');
  expect(await pull()).toMatchObject({
    value: { referrals: 1, reports: 1, imported: 1, refused: [], position: 1 },
  });
  expect(await imported()).toEqual([report]);
  expect(await states()).toEqual(['acknowledged']);
  expect(await pull()).toMatchObject({ value: { referrals: 0, imported: 0, position: 1 } });
});

test('a pull that breaks off goes on where it was', async () => {
  const more = [await fileReport('second'), await fileReport('the third', 3_000_000), await fileReport('a fourth one')];
  // Before: a list, a referral, its bytes, its acknowledgement, a list. Now a list, of each report its referral, its bytes,
  // its acknowledgement: the bytes of the second are lost.
  proxy.spoil(10, { kind: 'lost' });
  expect((await pull()).kind).toBe('failed');
  const before = await imported();
  expect(before.length).toBe(2);
  expect(await pull()).toMatchObject({ value: { imported: 2, position: 4 } });
  expect(await imported()).toEqual(expect.arrayContaining(more));
  expect((await imported()).length).toBe(4);
  expect(new Set(await states())).toEqual(new Set(['acknowledged']));
});

test('people fetch by the name of a feed, see what came and whence, and never where its credential is', async () => {
  const baseUrl = `http://127.0.0.1:${proxy.port}`;
  feeds = [
    { name: 'north', state: 'ready', address: { baseUrl, authority, credential } },
    { name: 'old', state: 'ready', address: { baseUrl, authority, credential: 'replaced-since-then' } },
    { name: 'spoilt', state: 'malformed' },
  ];
  const report = await fileReport('the fifth of them');
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const headers = { 'tutela-actor': actor };
    const answer = await pages.inject({
      method,
      url: `/investigator/referrals${url}`,
      headers,
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), text: answer.body };
  };
  expect((await ask('POST', '/pull', { feed: 'north' })).body).toMatchObject({
    imported: 1,
    alreadyHere: 0,
    refused: [],
    position: 5,
  });
  for (const [feed, status, code] of [
    ['old', 409, 'feed-unreachable'],
    ['spoilt', 409, 'feed-malformed'],
    ['nobodys', 404, 'unknown-feed'],
  ] as const) {
    expect(await ask('POST', '/pull', { feed })).toMatchObject({ status, body: { code } });
  }
  const told = await ask('GET', '/feeds');
  expect(told.body).toMatchObject({
    feeds: [{ name: 'north', authority, clearinghouse: baseUrl, position: 5 }, { name: 'old' }, { state: 'malformed' }],
  });
  expect(told.text).not.toContain(credential);
  const { body } = await ask('GET', '?state=waiting');
  expect(body).toMatchObject({
    total: 5,
    rows: expect.arrayContaining([expect.objectContaining({ reportNumber: report, cases: [] })]),
  });
  expect((await ask('GET', '?state=in-a-case')).body).toMatchObject({ total: 0 });
});

test('what was recalled after it came is marked here, and the ledger of the police vouches for it', async () => {
  const { rows } = await sql<{ id: string }>`
    select referral_id as id from clearinghouse.referral order by made_at limit 1`.execute(clearinghouse.db);
  const recall = await fetch(`${clearinghouse.origin}/clearinghouse/referrals/${rows[0]?.id}/recall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'tutela-actor': 'analyst-1' },
    body: JSON.stringify({ reason: 'another person' }),
  });
  expect(recall.status).toBe(200);
  expect(await pull()).toMatchObject({ value: { withdrawn: 1 } });
  const marked = await sql<{ n: number }>`
    select count(*)::int as n from investigator.pulled_report where withdrawn_at is not null`.execute(database.db);
  expect(marked.rows[0]?.n).toBe(1);
  const signer = signerFromPem('police.example/ledger', newSigningKeyPem());
  await sequence(database.db, { signer, clock: systemClock });
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const { findings } = await checkLedger(database.db, { publicKeys, coveredTables: investigatorCoveredTables });
  expect(findings).toEqual([]);
});
