import { readFileSync } from 'node:fs';
import type { ReportNumber } from '@tutela/cybertip';
import { createFeedClient, type FeedPage } from '@tutela/feed';
import { fastify } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demonstrationAuthorities } from '../desk.js';
import { openRoutingGround, type RoutingGround } from '../referral/routing-ground.test-support.js';

const countries = ['US', 'DE', 'CA', 'PY'];
const authorities = countries.map((country) => `${country.toLowerCase()}-demo-police`);
const bytes = new TextEncoder().encode('one harmless file');

let ground: RoutingGround;
const owned = new Map<string, { readonly referralId: string; readonly report: ReportNumber }>();
beforeAll(async () => {
  ground = await openRoutingGround();
  for (const [at, authority] of authorities.entries()) {
    const report = await ground.fileIn(countries[at] ?? '', new Uint8Array([...bytes, at]));
    await ground.work();
    const { entries } = (await (await ground.ask(authority, 'referrals')).json()) as FeedPage;
    owned.set(authority, { referralId: entries[0]?.referral.referralId ?? '', report });
  }
});
afterAll(() => ground.close());

/** Each route of the feed, as the desk registers it: a new one has to say here what it asks for. */
interface Route {
  readonly method: string;
  readonly url: string;
}
const bodies: Readonly<Record<string, object>> = {
  '/feed/v1/referrals/:referralId/acknowledgement': {},
  '/feed/v1/referrals/:referralId/feedback': { usefulness: 'actionable', outcome: 'investigation-open' },
};
const feedRoutes = async (): Promise<readonly Route[]> => {
  const found: Route[] = [];
  const server = fastify({ exposeHeadRoutes: false });
  server.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith('/feed/')) for (const one of [method].flat()) found.push({ method: one, url });
  });
  await server.register(ground.desk.routing.routes);
  await server.ready();
  await server.close();
  return found;
};

const askAs = async (
  authority: string,
  { method, url }: Route,
  of: { readonly referralId: string; readonly report: string },
) => {
  const path = url.replace('/feed/v1/', '').replace(':referralId', of.referralId).replace(':reportNumber', of.report);
  const answer = await ground.ask(authority, path, method === 'POST' ? (bodies[url] ?? {}) : undefined);
  return { status: answer.status, text: await answer.text() };
};

test('every endpoint of the feed shows an authority its own referrals and those of nobody else', async () => {
  const routes = await feedRoutes();
  expect(routes.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
    'GET /feed/v1/referrals',
    'GET /feed/v1/referrals/:referralId',
    'GET /feed/v1/referrals/:referralId/reports/:reportNumber.json',
    'GET /feed/v1/referrals/:referralId/reports/:reportNumber.pdf',
    'GET /feed/v1/referrals/:referralId/reports/:reportNumber.zip',
    'GET /feed/v1/statistics',
    'POST /feed/v1/referrals/:referralId/acknowledgement',
    'POST /feed/v1/referrals/:referralId/feedback',
  ]);
  for (const asking of authorities) {
    for (const [owner, of] of owned) {
      for (const route of routes) {
        const { status, text } = await askAs(asking, route, of);
        const where = `${asking} asks ${route.method} ${route.url} of ${owner}`;
        if (route.url.includes(':referralId')) {
          expect([where, status]).toEqual([where, asking === owner ? 200 : 404]);
        } else {
          expect([where, status]).toEqual([where, 200]);
        }
        if (asking !== owner && !route.url.endsWith('statistics')) {
          expect(text.includes(of.referralId) || text.includes(of.report)).toBe(false);
        }
      }
    }
  }
}, 60_000);

test('a report of another’s is not found through one’s own referral either', async () => {
  const own = owned.get('us-demo-police');
  const other = owned.get('de-demo-police');
  for (const form of ['json', 'pdf', 'zip']) {
    const answer = await ground.ask('us-demo-police', `referrals/${own?.referralId}/reports/${other?.report}.${form}`);
    expect(answer.status).toBe(404);
  }
});

describe('who asks', () => {
  test.each([
    ['nobody', undefined],
    ['a wrong credential', `Basic ${Buffer.from('us-demo-police:wrong').toString('base64')}`],
    ['an authority that does not exist', `Basic ${Buffer.from('xx-nobody:wrong').toString('base64')}`],
    ['an authority without a credential', `Basic ${Buffer.from('gb-demo-police:').toString('base64')}`],
    ['a bearer', 'Bearer us-demo-police'],
  ])('%s gets nothing from any endpoint', async (_, authorization) => {
    for (const { method, url } of await feedRoutes()) {
      const own = owned.get('us-demo-police');
      const path = url.replace(':referralId', own?.referralId ?? '').replace(':reportNumber', own?.report ?? '');
      const answer = await fetch(`${ground.address}${path}`, {
        method,
        headers: authorization === undefined ? {} : { authorization },
      });
      expect([url, answer.status]).toEqual([url, 401]);
    }
  });

  test('has the newest credential; the one before it and that of a closed authority let nobody in', async () => {
    const client = (credential: string) =>
      createFeedClient({ baseUrl: ground.address, authority: 'fr-demo-police', credential });
    const issue = async (): Promise<string> => {
      const issued = await ground.desk.routing.issueFeedCredential({ authorityId: 'fr-demo-police', by: 'operator' });
      return issued.kind === 'done' ? issued.value.credential : '';
    };
    const [first, second] = [await issue(), await issue()];
    expect(await client(first).list(0, 1)).toMatchObject({ kind: 'failed' });
    expect(await client(second).list(0, 1)).toMatchObject({ kind: 'done' });
    const [heading = '', ...rows] = readFileSync(demonstrationAuthorities, 'utf8').split('\n');
    const row = rows.find((line) => line.startsWith('fr-demo-police')) ?? '';
    await ground.desk.routing.importRegistry({
      text: `${heading}\n${row.replace(',active,', ',closed,')}`,
      by: 'operator',
    });
    expect(await client(second).list(0, 1)).toMatchObject({ kind: 'failed' });
  });
});

test('a download is in the ledger before a byte leaves', async () => {
  const report = await ground.fileIn('JP', bytes);
  await ground.work();
  const { entries } = (await (await ground.ask('jp-demo-police', 'referrals')).json()) as FeedPage;
  const path = `referrals/${entries[0]?.referral.referralId}/reports/${report}`;
  const disclosed = () =>
    ground.rows(sql<{ entry: string }>`
      select entry from ledger.event where entry like '%clearinghouse.report-disclosed%' and entry like ${`%${report}%`}`);
  for (const [at, form] of ['json', 'pdf', 'zip'].entries()) {
    const answer = await ground.ask('jp-demo-police', `${path}.${form}`);
    const events = await disclosed();
    expect(events.length).toBe(at + 1);
    expect(events.every(({ entry }) => entry.includes('authority/jp-demo-police'))).toBe(true);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0);
  }
  // Where the ledger cannot be told, nothing is handed out.
  await sql`alter table ledger.event rename to event_away`.execute(ground.db);
  const answer = await ground.ask('jp-demo-police', `${path}.zip`);
  await sql`alter table ledger.event_away rename to event`.execute(ground.db);
  expect([answer.status, (await answer.text()).includes('harmless')]).toEqual([500, false]);
});

test('feedback comes back to the authority and to the reporting service as numbers, the newest word on each report', async () => {
  const own = owned.get('ca-demo-police');
  const path = `referrals/${own?.referralId}/feedback`;
  await ground.ask('ca-demo-police', path, { usefulness: 'not-actionable', outcome: 'insufficient-information' });
  await ground.ask('ca-demo-police', path, {
    reportNumber: own?.report,
    usefulness: 'actionable',
    outcome: 'child-identified',
  });
  expect(await (await ground.ask('ca-demo-police', 'statistics')).json()).toMatchObject({
    reports: 1,
    usefulness: { actionable: 1 },
    outcomes: { 'child-identified': 1 },
  });
  const bad = await ground.ask('ca-demo-police', path, { usefulness: 'actionable', outcome: 'we found Mary' });
  expect(bad.status).toBe(400);
  const { password } = await ground.desk.issueCredentials({ username: 'platform', organisation: 'platform Ltd' });
  const outcomes = (secret: string) =>
    fetch(`${ground.address}/feedback/v1/outcomes`, {
      headers: { authorization: `Basic ${Buffer.from(`platform:${secret}`).toString('base64')}` },
    });
  expect((await outcomes('wrong')).status).toBe(401);
  const told = (await (await outcomes(password)).json()) as { outcomes: Record<string, number> };
  expect(told.outcomes['child-identified']).toBe(1);
  expect(
    Object.values(told).every(
      (value) => typeof value === 'number' || Object.values(value).every((n) => typeof n === 'number'),
    ),
  ).toBe(true);
});
