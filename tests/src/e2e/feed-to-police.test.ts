import { systemClock } from '@tutela/core';
import {
  type ConfiguredFeed,
  type InvestigatorDesk,
  investigatorCoveredTables,
  openInvestigatorDesk,
} from '@tutela/investigator-desk';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { type FastifyInstance, fastify } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actor, authority, type FeedGround, openFeedGround } from './feed-ground.js';

let ground: FeedGround;
let police: InvestigatorDesk;
let pages: FastifyInstance;
let feeds: readonly ConfiguredFeed[] = [];
beforeAll(async () => {
  ground = await openFeedGround();
  police = openInvestigatorDesk({ db: ground.database.db, vault: ground.vault, feeds: async () => feeds });
  pages = fastify();
  await pages.register(police.routes);
});
afterAll(async () => {
  await pages?.close();
  await ground?.close();
});

const pull = () => police.pullReferrals({ address: ground.address, actor });

test('a report goes from a platform over the clearinghouse’s feed to the police, once, and is acknowledged', async () => {
  const report = await ground.fileReport('first');
  expect(await pull()).toMatchObject({
    value: { referrals: 1, reports: 1, imported: 1, refused: [], position: 1 },
  });
  expect(await ground.imported()).toEqual([report]);
  expect(await ground.states()).toEqual(['acknowledged']);
  expect(await pull()).toMatchObject({ value: { referrals: 0, imported: 0, position: 1 } });
});

test('a pull that breaks off goes on where it was', async () => {
  const more = [
    await ground.fileReport('second'),
    await ground.fileReport('the third', 3_000_000),
    await ground.fileReport('a fourth one'),
  ];
  // Before: a list, a referral, its bytes, its acknowledgement, a list. Now a list, of each report its referral, its bytes,
  // its acknowledgement: the bytes of the second are lost.
  ground.proxy.spoil(10, { kind: 'lost' });
  expect((await pull()).kind).toBe('failed');
  const before = await ground.imported();
  expect(before.length).toBe(2);
  expect(await pull()).toMatchObject({ value: { imported: 2, position: 4 } });
  expect(await ground.imported()).toEqual(expect.arrayContaining(more));
  expect((await ground.imported()).length).toBe(4);
  expect(new Set(await ground.states())).toEqual(new Set(['acknowledged']));
});

test('people fetch by the name of a feed, see what came and whence, and never where its credential is', async () => {
  const { address } = ground;
  const replaced = { ...address, credential: 'replaced-since-then' };
  feeds = [
    { name: 'north', state: 'ready', address, everyMinutes: 15 },
    { name: 'old', state: 'ready', address: replaced, everyMinutes: 'never' },
    { name: 'spoilt', state: 'malformed' },
  ];
  const report = await ground.fileReport('the fifth of them');
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
    ['old', 409, 'feed-credential-refused'],
    ['spoilt', 409, 'feed-malformed'],
    ['nobodys', 404, 'unknown-feed'],
  ] as const) {
    expect(await ask('POST', '/pull', { feed })).toMatchObject({ status, body: { code } });
  }
  const told = await ask('GET', '/feeds');
  expect(told.body).toMatchObject({
    feeds: [
      { name: 'north', authority, clearinghouse: address.baseUrl, position: 5 },
      { name: 'old' },
      { state: 'malformed' },
    ],
  });
  expect(told.text).not.toContain(address.credential);
  const { body } = await ask('GET', '?state=waiting');
  expect(body).toMatchObject({
    total: 5,
    rows: expect.arrayContaining([expect.objectContaining({ reportNumber: report, cases: [] })]),
  });
  expect((await ask('GET', '?state=in-a-case')).body).toMatchObject({ total: 0 });
});

test('what was recalled after it came is marked here, and the ledger of the police vouches for it', async () => {
  const { rows } = await sql<{ id: string }>`
    select referral_id as id from clearinghouse.referral order by made_at limit 1`.execute(ground.clearinghouse.db);
  const recall = await fetch(`${ground.clearinghouse.origin}/clearinghouse/referrals/${rows[0]?.id}/recall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'tutela-actor': 'analyst-1' },
    body: JSON.stringify({ reason: 'another person' }),
  });
  expect(recall.status).toBe(200);
  expect(await pull()).toMatchObject({ value: { withdrawn: 1 } });
  const marked = await sql<{ n: number }>`
    select count(*)::int as n from investigator.pulled_report where withdrawn_at is not null`.execute(
    ground.database.db,
  );
  expect(marked.rows[0]?.n).toBe(1);
  const signer = signerFromPem('police.example/ledger', newSigningKeyPem());
  await sequence(ground.database.db, { signer, clock: systemClock });
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const { findings } = await checkLedger(ground.database.db, { publicKeys, coveredTables: investigatorCoveredTables });
  expect(findings).toEqual([]);
});
