import { systemClock } from '@tutela/core';
import type { FeedPage, ReferralDocument } from '@tutela/feed';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearinghouseCoveredTables } from '../desk.js';
import { account, openRoutingGround, type RoutingGround } from './routing-ground.test-support.js';

let ground: RoutingGround;
beforeAll(async () => {
  ground = await openRoutingGround({ largeBundle: 5 });
});
afterAll(() => ground.close());

const feedOf = async (authority: string): Promise<FeedPage> =>
  (await (await ground.ask(authority, 'referrals?limit=500')).json()) as FeedPage;
const documentOf = async (authority: string, id: string): Promise<ReferralDocument> =>
  (await (await ground.ask(authority, `referrals/${id}`)).json()) as ReferralDocument;
const referralsOf = async (report: string) =>
  await ground.rows(sql<{ referral_id: string; authority_id: string; state: string; lane: string; label: string }>`
    select referral_id, authority_id, state, lane, label from clearinghouse.referral_member
      join clearinghouse.referral using (referral_id)
     where referral_member.report_number = ${report}::bigint order by authority_id`);
const routingOf = async (report: string) =>
  (
    await ground.console<{ routings: { country: string; outcome: string; reason: string | null }[] }>(
      `routings/${report}`,
    )
  )[1].routings;

describe('a report', () => {
  test('of one country goes to its authority, once, however often the work is done', async () => {
    const report = await ground.fileIn('DE');
    await ground.work();
    await ground.work();
    expect(await referralsOf(report)).toMatchObject([{ authority_id: 'de-demo-police', state: 'available' }]);
    const { entries } = await feedOf('de-demo-police');
    expect(entries).toMatchObject([
      { position: 1, change: 'made', referral: { kind: 'report', country: 'DE', reports: 1 } },
    ]);
    expect((await documentOf('de-demo-police', entries[0]?.referral.referralId ?? '')).reportNumbers).toEqual([report]);
  });

  test('that points at several countries makes a referral for each', async () => {
    const people = ['FR', 'JP'].map((countryCode) => ({ estimatedLocation: { countryCode: countryCode as 'FR' } }));
    const report = await ground.file({ report: { personOrUserReported: people } });
    await ground.work();
    expect((await referralsOf(report)).map(({ authority_id }) => authority_id)).toEqual([
      'fr-demo-police',
      'jp-demo-police',
    ]);
  });

  test('without a country, or of one without an authority, is unroutable with its reason and can be seen', async () => {
    const nowhere = await ground.file();
    const island = await ground.fileIn('TV');
    await ground.work();
    expect(await routingOf(nowhere)).toMatchObject([
      { country: 'ZZ', outcome: 'unroutable', reason: 'country-unknown' },
    ]);
    expect(await routingOf(island)).toMatchObject([{ country: 'TV', reason: 'no-authority-in-country' }]);
    const [, open] = await ground.console<{ routings: { reportNumber: string }[] }>('routings?outcome=unroutable');
    expect(open.routings.map(({ reportNumber }) => reportNumber)).toEqual([island, nowhere]);
  });

  test('of a country whose authority comes later is routed then', async () => {
    const report = await ground.fileIn('VU');
    await ground.work();
    expect(await routingOf(report)).toMatchObject([{ outcome: 'unroutable' }]);
    const text = JSON.stringify([
      {
        authority_id: 'vu-police',
        country: 'VU',
        name: 'Demonstration Police of Vanuatu',
        jurisdiction: 'national',
        takes: 'reports',
        channel: 'feed',
        address: '',
        languages: ['en'],
        incident_types: [],
        instruments: [],
        standing: 'active',
        source: 'invented',
        source_date: '2026-03-01',
      },
    ]);
    expect(await ground.desk.routing.importRegistry({ text, by: 'operator' })).toMatchObject({
      value: { requeued: 1 },
    });
    await ground.work();
    expect(await referralsOf(report)).toMatchObject([{ authority_id: 'vu-police' }]);
  });

  const minors = { reportAnnotations: { minorToMinorInteraction: true } } as const;
  const between = (country: string) => ({
    ...account(`young-${country}`, country),
    incidentSummary: {
      incidentType: 'Child Pornography (possession, manufacture, and distribution)' as const,
      incidentDateTime: '2025-03-01T10:15:00Z',
      ...minors,
    },
  });

  test('that is diverted goes to child protection and not to the police; where there is none it waits for a person', async () => {
    const with_ = await ground.file({ report: between('GB') });
    const without = await ground.file({ report: between('JP') });
    await ground.work();
    expect(await referralsOf(with_)).toMatchObject([{ authority_id: 'gb-demo-child-protection', lane: 'diverted' }]);
    expect(await referralsOf(without)).toEqual([]);
    expect(await routingOf(without)).toMatchObject([
      { country: 'JP', outcome: 'held', reason: 'no-child-protection-authority' },
    ]);
  });

  test('that is held is sent where a person says, and stays there when it is routed again', async () => {
    const report = await ground.file({ report: between('DK') });
    await ground.work();
    const send = { authorityId: 'gb-demo-child-protection', reason: 'asked by telephone' };
    expect((await ground.console(`routings/${report}/send`, send))[0]).toBe(200);
    expect((await ground.console(`routings/${report}/send`, send))[0]).toBe(409);
    await ground.console(`routings/${report}/again`, { way: 'usual' });
    await ground.work();
    expect(await referralsOf(report)).toMatchObject([{ authority_id: 'gb-demo-child-protection', state: 'available' }]);
  });
});

describe('recall', () => {
  test('withdraws a referral from the feed, says so there, and nothing of it can be downloaded any more', async () => {
    const report = await ground.fileIn('AT');
    await ground.work();
    const [{ referral_id: id } = { referral_id: '' }] = await referralsOf(report);
    const path = `referrals/${id}/reports/${report}.json`;
    expect((await ground.ask('at-demo-police', path)).status).toBe(200);
    expect(await ground.console(`referrals/${id}/recall`, { reason: 'sent by mistake' })).toMatchObject([
      200,
      { state: 'recalled' },
    ]);
    expect((await ground.ask('at-demo-police', path)).status).toBe(410);
    const { entries } = await feedOf('at-demo-police');
    expect(entries.map(({ position, change }) => [position, change])).toEqual([
      [1, 'made'],
      [2, 'recalled'],
    ]);
    expect(await documentOf('at-demo-police', id)).toMatchObject({ state: 'recalled', reason: 'sent by mistake' });
    expect(await routingOf(report)).toMatchObject([{ outcome: 'held', reason: 'recalled' }]);
  });

  test('without somebody who does it is refused', async () => {
    const answer = await fetch(`${ground.address}/clearinghouse/referrals/${crypto.randomUUID()}/recall`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"reason":"x"}',
    });
    expect(answer.status).toBe(400);
  });
});

describe('a bundle', () => {
  const bytes = new TextEncoder().encode('a picture that everybody posts');
  test('is held when it is large, forwarded as one referral an authority, and recalled as one', async () => {
    const early = [];
    for (let n = 0; n < 4; n++) early.push(await ground.fileIn('SE', bytes));
    await ground.work();
    const late = [];
    for (let n = 0; n < 6; n++) late.push(await ground.fileIn(n < 3 ? 'SE' : 'NO', bytes));
    await ground.work();
    for (const report of late)
      expect(await routingOf(report)).toMatchObject([{ outcome: 'held', reason: 'in-a-large-bundle' }]);
    const [bundle] = await ground.rows(sql<{ bundle_id: string }>`
      select bundle_id from clearinghouse.bundle_member join clearinghouse.bundle using (bundle_id)
       where report_number = ${early[0]}::bigint and kind in ('file', 'picture')`);
    const forward = `bundles/${bundle?.bundle_id}/forward`;
    const [status, forwarded] = await ground.console<{ forwardId: string }>(forward, { reason: 'one picture' });
    expect([status, forwarded]).toMatchObject([200, { unroutable: 0, superseded: 4 }]);
    expect(forwarded).toMatchObject({
      referrals: expect.arrayContaining([
        expect.objectContaining({ authorityId: 'se-demo-police', reports: 7 }),
        expect.objectContaining({ authorityId: 'no-demo-police', reports: 3 }),
      ]),
    });
    expect((await ground.console(forward, { reason: 'again' }))[0]).toBe(409);
    const changes = (await feedOf('se-demo-police')).entries.map(({ change }) => change);
    expect(changes).toEqual([...Array(4).fill('made'), ...Array(4).fill('superseded'), 'made']);
    await ground.work();
    expect((await referralsOf(early[0] ?? '')).map(({ state }) => state).sort()).toEqual(['available', 'superseded']);

    expect(await ground.console(`forwards/${forwarded.forwardId}/recall`, { reason: 'too wide' })).toMatchObject([
      200,
      { recalled: 2, restored: 4 },
    ]);
    expect((await referralsOf(early[0] ?? '')).map(({ state }) => state).sort()).toEqual(['available', 'recalled']);
    expect(await routingOf(early[0] ?? '')).toMatchObject([{ outcome: 'referred' }]);
    expect(await routingOf(late[5] ?? '')).toMatchObject([{ outcome: 'held', reason: 'recalled' }]);
    expect((await ground.console(forward, { reason: 'once more' }))[0]).toBe(200);
  });
});

test('every report has its routing, and the counts by country agree with what was filed', async () => {
  const [{ n } = { n: 0 }] = await ground.rows(sql<{ n: number }>`
    select count(*)::int as n from clearinghouse.report where state = 'finished'
       and not exists (select from clearinghouse.routing where routing.report_number = report.report_number)`);
  expect(n).toBe(0);
  const [, { countries }] = await ground.console<{
    countries: { reports: number; referred: number; held: number; unroutable: number }[];
  }>('routings/by-country');
  for (const row of countries) expect(row.referred + row.held + row.unroutable).toBe(row.reports);
});

test('every row of the routing is vouched for by the ledger', async () => {
  const signer = signerFromPem('clearinghouse.example/ledger', newSigningKeyPem());
  await sequence(ground.db, { signer, clock: systemClock });
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const { findings } = await checkLedger(ground.db, { publicKeys, coveredTables: clearinghouseCoveredTables });
  expect(findings).toEqual([]);
});
