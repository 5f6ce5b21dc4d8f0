import { systemClock } from '@tutela/core';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearinghouseCoveredTables } from '../desk.js';
import { openClearinghouseDesk } from '../index.js';
import { type Ground, openGround } from '../open-desk.test-support.js';
import { openDrain } from '../triage/drain.js';
import { copyReport } from '../triage/many-reports.test-support.js';
import {
  account,
  clock,
  type File,
  filer,
  itemsOf,
  reportOf,
  rowsOf,
  standard,
  standingOf,
} from '../triage/triage-ground.test-support.js';

let ground: Ground;
let file: File;
let server: FastifyInstance;
let triage: () => Promise<number>;
beforeAll(async () => {
  ground = await openGround();
  file = await filer(ground);
  const { database, vault } = ground;
  server = fastify();
  await server.register(openClearinghouseDesk({ db: database.db, vault, clock }).routes);
  triage = openDrain({ db: database.db, clock, vault, policy: standard });
});
afterAll(async () => {
  await server.close();
  await ground.close();
});

const bytes = (text: string) => new TextEncoder().encode(text);
const get = async <T = Record<string, unknown>>(path: string, actor = 'ana') => {
  const answer = await server.inject({ url: `/clearinghouse/triage${path}`, headers: { 'tutela-actor': actor } });
  return { status: answer.statusCode, body: answer.json<T>() };
};
const post = async (path: string, payload: object = {}, actor = 'ana') => {
  const answer = await server.inject({
    method: 'POST',
    url: `/clearinghouse/triage${path}`,
    headers: { 'tutela-actor': actor },
    payload,
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};
interface Window {
  readonly rows: readonly {
    readonly item: string;
    readonly lane: string;
    readonly priority: number;
    readonly seen: string;
    readonly claimedBy: string | null;
  }[];
  readonly last: string | null;
  readonly total: number;
}
const reason = 'I looked at all of them.';

/** How many posters of one picture; the whole of the promise behind TUTELA_LONG=1. */
const posters = process.env.TUTELA_LONG === undefined ? 300 : 2000;

describe(`a picture posted by ${posters} accounts`, () => {
  let bundle: string;
  let numbers: string[];
  beforeAll(async () => {
    const first = await file({ report: account('poster-0'), files: [bytes('a viral picture')] });
    await copyReport(ground, first, { count: posters - 1, file: 'same' });
    expect(await triage()).toBe(posters);
    bundle = (await standingOf(ground, first))?.item.split('/')[1] ?? '';
    numbers = (
      await rowsOf(
        ground,
        sql<{
          n: string;
        }>`select report_number::text as n from clearinghouse.placement where bundle_id = ${bundle}::uuid order by 1`,
      )
    ).map(({ n }) => n);
  }, 120_000);

  test('is one bundle and one item of the queue', async () => {
    expect(numbers).toHaveLength(posters);
    expect(await itemsOf(ground)).toMatchObject([{ item: `bundle/${bundle}`, reports: posters, state: 'waiting' }]);
    const { body } = await get<Window>('');
    expect([body.rows.length, body.total]).toEqual([1, 1]);
  });

  test('is informational by one decision, for those as well that join later, and visibly so', async () => {
    expect(await post(`/bundles/${bundle}/decide`, { label: 'informational', reason })).toMatchObject({ status: 200 });
    const late = (await file({ report: account('late'), files: [bytes('a viral picture')] })) as string;
    await triage();
    const { body } = await get(`/reports/${late}`);
    expect(body).toMatchObject({
      shownIn: { item: `bundle/${bundle}`, label: 'informational', state: 'decided', reports: posters + 1 },
      standing: { label: 'informational', labelOrigin: 'bundle', labelledBy: 'ana', labelReason: reason },
      judgements: [{ version: 1, label: 'referral', labelledBy: 'policy' }],
    });
    const counts = await rowsOf(
      ground,
      sql<{ label: string; n: number }>`select label, count(*)::int as n from clearinghouse.standing group by label`,
    );
    expect(counts).toEqual([{ label: 'informational', n: posters + 1 }]);
  });

  test('has the decision withdrawn, and is dissolved and restored, with nothing lost', async () => {
    const before = await itemsOf(ground);
    expect((await post(`/bundles/${bundle}/withdraw-decision`, { reason })).status).toBe(200);
    expect(await standingOf(ground, numbers[0] as never)).toMatchObject({ label: 'referral', label_origin: 'policy' });
    expect((await post(`/bundles/${bundle}/decide`, { label: 'informational', reason })).status).toBe(200);
    expect((await post(`/bundles/${bundle}/dissolve`, { reason })).status).toBe(200);
    expect(await itemsOf(ground)).toHaveLength(posters + 1);
    expect((await post(`/bundles/${bundle}/dissolve`, { reason })).status).toBe(409);
    expect((await post(`/bundles/${bundle}/restore`, { reason })).status).toBe(200);
    expect(await itemsOf(ground)).toEqual(before);
    const { body } = await get<{ history: { type: string; actor: string; said: object }[] }>(`/bundles/${bundle}`);
    expect(body.history.map(({ type }) => type.replace('clearinghouse.bundle-', ''))).toEqual([
      'made',
      'decided',
      'decision-withdrawn',
      'decided',
      'dissolved',
      'restored',
    ]);
    expect(body.history[1]).toMatchObject({ actor: 'ana', said: { label: 'informational', reason } });
  });

  test('lets go of one report, which does not come back by itself', async () => {
    const [out] = numbers;
    expect((await post(`/bundles/${bundle}/members/${out}/remove`, { reason })).status).toBe(200);
    expect(await standingOf(ground, out as never)).toMatchObject({ item: `report/${out}`, label: 'referral' });
    await file({ report: account('later'), files: [bytes('a viral picture')] });
    await triage();
    expect((await standingOf(ground, out as never))?.item).toBe(`report/${out}`);
    expect((await post(`/bundles/${bundle}/members/${out}/remove`, { reason })).status).toBe(404);
    expect((await post(`/bundles/${bundle}/members/${out}/return`, { reason })).status).toBe(200);
    expect((await standingOf(ground, out as never))?.item).toBe(`bundle/${bundle}`);
  });

  test('never silences what may not wait', async () => {
    const urgent = { incidentSummary: { ...reportOf().incidentSummary, escalateToHighPriority: 'now' } };
    const crisis = await file({ report: { ...account('c'), ...urgent }, files: [bytes('a viral picture')] });
    await triage();
    expect(await standingOf(ground, crisis)).toMatchObject({
      item: `report/${crisis}`,
      label: 'referral',
      lane: 'crisis',
    });
    const { body } = await get<Window>('?limit=1');
    expect(body.rows[0]).toMatchObject({ item: `report/${crisis}`, lane: 'crisis' });
  });
});

describe('the queue', () => {
  test('is read in windows without a gap, in its order, and by its filters', async () => {
    for (const n of [1, 2, 3]) {
      const types = ['Child Sexual Molestation', 'Child Sex Trafficking', 'Misleading Domain Name'] as const;
      const incidentSummary = { ...reportOf().incidentSummary, incidentType: types[n - 1] ?? types[0] };
      await file({ report: { ...account(`q${n}`, n === 1 ? 'DE' : 'PY'), incidentSummary } });
    }
    await triage();
    const all = (await get<Window>('')).body;
    const read: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const part: Window = (await get<Window>(`?limit=2${after && `&after=${after}`}`)).body;
      read.push(...part.rows.map(({ item }) => item));
      after = part.last;
    }
    expect(read).toEqual(all.rows.map(({ item }) => item));
    expect(all.total).toBe(all.rows.length);
    const turns = all.rows.map(({ lane, priority }) => (lane === 'crisis' ? 1000 : 0) + priority);
    expect(turns).toEqual(turns.toSorted((a, b) => b - a));
    expect((await get<Window>('?country=DE')).body.rows).toHaveLength(1);
    expect((await get<Window>('?lane=crisis')).body.total).toBe(1);
    expect((await get<Window>('?state=decided&label=informational')).body.total).toBe(1);
    expect((await get<Window>('?after=bm9uc2Vuc2U')).status).toBe(400);
  });

  test('says who is at work on what; two do not take one item', async () => {
    const [first] = (await get<Window>('?lane=crisis')).body.rows;
    const item = first?.item;
    expect(await post('/claim', { item })).toMatchObject({ status: 200, body: { claimedBy: 'ana' } });
    expect(await post('/claim', { item }, 'berta')).toMatchObject({
      status: 409,
      body: { code: 'claimed-by-another' },
    });
    expect((await get<Window>('?claimed=ana')).body.rows.map((row) => row.item)).toEqual([item]);
    expect((await post('/release', { item }, 'berta')).status).toBe(200);
    expect((await get<Window>('?claimed=somebody')).body.total).toBe(0);
    expect((await post('/claim', { item: 'report/999' })).status).toBe(404);
  });

  test('marks as unread what has changed since somebody looked, for each person apart', async () => {
    const [{ item, seen } = { item: '', seen: '' }] = (await get<Window>('?lane=crisis')).body.rows;
    expect(seen).toBe('unread');
    await post('/read', { item });
    expect((await get<Window>('?lane=crisis')).body.rows[0]?.seen).toBe('read');
    expect((await get<Window>('?lane=crisis', 'berta')).body.rows[0]?.seen).toBe('unread');
    clock.set('2026-03-01T13:00:00Z');
    await post(`/reports/${item.split('/')[1]}/label`, { label: 'informational', reason: 'A drill.' });
    expect((await get<Window>('?lane=crisis')).body.rows[0]?.seen).toBe('unread');
  });

  test('a person’s label is a further judgement with its reason, and stays when the policy changes', async () => {
    const number = await file({ report: account('labelled') });
    await triage();
    expect(await post(`/reports/${number}/label`, { label: 'referral', reason: 'Known to us.' })).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    await sql`insert into clearinghouse.triage_pending values (${number}::bigint, 'normal', now())`.execute(
      ground.database.db,
    );
    await triage();
    const { body } = await get<{ history: { type: string }[] }>(`/reports/${number}`);
    expect(body).toMatchObject({
      standing: {
        version: 3,
        label: 'referral',
        labelOrigin: 'person',
        labelledBy: 'ana',
        labelReason: 'Known to us.',
      },
    });
    expect(body.history.map(({ type }) => type.replace('clearinghouse.', ''))).toEqual([
      'report-opened',
      'report-finished',
      'located',
      'triaged',
      'labelled',
      'triaged',
    ]);
    expect((await post('/reports/999/label', { label: 'referral', reason })).status).toBe(404);
    expect((await post(`/reports/${number}/label`, { label: 'referral', reason: ' ' })).status).toBe(400);
  });

  test('everything in it is vouched for by the ledger', async () => {
    const signer = signerFromPem('clearinghouse.example/ledger', newSigningKeyPem());
    const { db } = ground.database;
    await sequence(db, { signer, clock: systemClock });
    const tables = ['triage', 'bundle', 'bundle_member', 'claim', 'triage_policy'].map(
      (name) => `clearinghouse.${name}`,
    );
    const { findings } = await checkLedger(db, {
      publicKeys: [noteKey(nodeHasher, signer.name, signer.publicKey)],
      coveredTables: clearinghouseCoveredTables.filter(({ table }) => tables.includes(table)),
    });
    expect(findings).toEqual([]);
  });
});
