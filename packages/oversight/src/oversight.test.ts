import { systemClock, toInstant } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { newSigningKeyPem, signerFromPem } from '@tutela/ledger/node';
import { appendEvents, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { freeze, policyMigrations, routeToFilter } from '@tutela/policy/postgres';
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oversightRoutes } from './index.js';

type Json = Readonly<Record<string, unknown>>;
let scratch: ScratchDatabase;
let server: FastifyInstance;
const routes: RouteOptions[] = [];

beforeAll(async () => {
  scratch = await openScratchDatabase();
  const { db } = scratch;
  await runMigrations(db, [ledgerMigrations, policyMigrations]);
  const by = { by: 'staff-1', at: systemClock.now() };
  const what = { caseRef: 'case-1', reason: 'a find of something else' };
  await inTransaction(db, async (tx) => {
    await freeze(tx, { ...what, extent: { kind: 'case' }, ...by });
    await routeToFilter(tx, { ...what, itemRef: 'item/7', ...by });
    const event = { type: 'test.act', actor: 'staff-7', at: by.at, subjects: ['one'], effects: [] };
    await appendEvents(
      tx,
      Array.from({ length: 20 }, (_, nth) => ({ ...event, payload: { secret: `word ${nth}` } })),
    );
  });
  await sequence(db, { signer: signerFromPem('test.example/ledger', newSigningKeyPem()), clock: systemClock });
  server = fastify();
  server.addHook('onRoute', (route) => void routes.push(route));
  await server.register(oversightRoutes({ db, clock: { now: () => toInstant(new Date()) } }));
});
afterAll(async () => {
  await server.close();
  await scratch.close();
});

const get = async (url: string): Promise<Json> => {
  const answer = await server.inject(`/oversight/${url}`);
  const route = routes.find((each) => each.method === 'GET' && each.url === `/oversight/${url.split('?')[0]}`);
  const answers = route?.schema?.response as Readonly<Record<number, TSchema>>;
  expect([url, answer.statusCode, [...Value.Errors(answers[200] as TSchema, answer.json())]]).toEqual([url, 200, []]);
  expect(answer.body).not.toMatch(/word|a find of something else/);
  return answer.json() as Json;
};

test('deadlines, freezes, the filter team and roles are told by name, without reasons', async () => {
  expect(await get('deadlines?days=90')).toEqual({ deadlines: [] });
  expect(await get('freezes')).toMatchObject({ freezes: [{ caseRef: 'case-1', extent: 'case', liftedAt: null }] });
  expect(await get('filter')).toMatchObject({ items: [{ itemRef: 'item/7', state: 'waiting', ruledBy: null }] });
  expect(await get('roles')).toEqual({ roles: [] });
});

test('the events of the log are the same from either end, as many as there are', async () => {
  const walk = async (start: string, next: (window: Json) => string): Promise<readonly number[]> => {
    const found: number[][] = [];
    for (let place = start; ; ) {
      const window = await get(`events?limit=5&${place}`);
      const rows = window.rows as readonly { readonly index: number }[];
      if (rows.length === 0) return found.flat();
      found.push(rows.map(({ index }) => index));
      place = next(window);
    }
  };
  const down = await walk('from=start', ({ last }) => `after=${String(last)}`);
  expect(down).toEqual(Array.from({ length: 22 }, (_, nth) => 21 - nth));
  const up = await walk('from=end', ({ first }) => `before=${String(first)}`);
  expect([...up].sort((one, other) => other - one)).toEqual(down);
  expect((await get('events')).total).toBe(22);
  expect(await get('events?case=case-1&type=policy.')).toMatchObject({
    total: 2,
    rows: [{ caseSeq: 2 }, { caseSeq: 1 }],
  });
});
