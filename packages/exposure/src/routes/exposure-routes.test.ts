import { done, nothing, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { openDecoder } from '@tutela/media';
import { encode, makePicture } from '@tutela/testkit';
import { type FastifyInstance, fastify } from 'fastify';
import { sql } from 'kysely';
import sharp from 'sharp';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Looks, Me, Reveal } from '../api.js';
import { openTestExposure, type TestExposure } from '../exposure-database.test-support.js';
import { endForgotten } from '../postgres/reveal.js';
import { defaultRules } from '../rules.js';
import type { LookSubject } from './deps.js';
import { exposureRoutes } from './exposure-routes.js';
import { lookRoutes } from './look-routes.js';

const decoder = openDecoder({ processes: 1 });
const rules = { ...defaultRules, limitSeconds: 300, talkTo: { en: 'Ask for Ana, room 12.' } };
const files: Readonly<Record<string, Uint8Array>> = {
  picture: await encode(makePicture(5, { width: 700, height: 500 })),
  video: Buffer.from('\0\0\0\x18ftypisom, and no picture'),
};
let ground: TestExposure;
let server: FastifyInstance;
let opened: string[] = [];

beforeAll(async () => {
  ground = await openTestExposure();
  const deps = { db: ground.scratch.db, clock: ground.clock, decoder, rules };
  server = fastify();
  await server.register(exposureRoutes(deps));
  await server.register(
    lookRoutes(deps, {
      path: '/desk/files/:name',
      params: Type.Object({ name: Type.String() }),
      find: async ({ name }) => {
        const bytes = files[name];
        if (name === 'closed') return refused('closed-not-viewed', 'Nobody opened it.');
        if (bytes === undefined) return nothing('file-unknown', 'There is no such file.');
        return done<LookSubject>({
          desk: 'platform',
          ref: `case-7/${name}`,
          sha256: '0'.repeat(64),
          size: bytes.length,
          categories: ['violence'],
          open: async () => {
            opened.push(name);
            return done(bytes);
          },
        });
      },
    }),
  );
});
beforeEach(() => {
  opened = [];
});
afterAll(async () => {
  await server.close();
  await decoder.close();
  await ground.scratch.close();
});

const as = (person: string) => ({ 'tutela-actor': person });
const preview = (person: string, name = 'picture') =>
  server.inject({ url: `/desk/files/${name}/preview`, headers: as(person) });
const reveal = (person: string, name = 'picture') =>
  server.inject({
    method: 'POST',
    url: `/desk/files/${name}/reveal`,
    headers: as(person),
    payload: { reason: 'near match' },
  });
const me = async (person: string) => (await server.inject({ url: '/exposure/me', headers: as(person) })).json<Me>();
const post = (person: string, url: string, payload?: object) =>
  server.inject({ method: 'POST', url, headers: as(person), ...(payload === undefined ? {} : { payload }) });
const looks = async (query = '') =>
  (await server.inject({ url: `/exposure/looks${query}`, headers: as('auditor-1') })).json<Looks>();
const reveals = async () => (await sql`select 1 from exposure.reveal`.execute(ground.scratch.db)).rows.length;

describe('a preview', () => {
  test('is small, grey and blurred, is kept nowhere, and is no reveal', async () => {
    const answer = await preview('ann');
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      200,
      'image/webp',
      'no-store',
    ]);
    const { data, info } = await sharp(answer.rawPayload).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([160, 114]);
    const colour = data.reduce((most, value, at) => Math.max(most, Math.abs(value - (data[at - (at % 3)] ?? 0))), 0);
    expect(colour).toBeLessThanOrEqual(3);
    expect(await reveals()).toBe(0);
  });

  test('of what cannot be decoded is a name', async () => {
    const answer = await preview('ann', 'video');
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { code: 'no-preview', reason: 'not-a-picture' }]);
  });

  test('follows the settings, which are never weaker than the minimum', async () => {
    const settings = (await me('eve')).settings;
    const weak = { ...settings, general: { ...settings.general, blur: 0 } };
    const put = (payload: object) =>
      server.inject({ method: 'PUT', url: '/exposure/me/settings', headers: as('eve'), payload });
    expect((await put(weak)).json()).toMatchObject({ code: 'weaker-than-minimum' });
    expect((await put({ ...settings, general: { ...settings.general, side: 9 } })).statusCode).toBe(400);
    const own = { ...settings, byCategory: { violence: { ...settings.general, side: 64 } } };
    expect((await put(own)).statusCode).toBe(200);
    expect((await me('eve')).settings).toEqual(own);
    expect(await sharp((await preview('eve')).rawPayload).metadata()).toMatchObject({ width: 64 });
  });

  test('is not made of what its person opted out of, and its bytes are not even opened', async () => {
    const settings = { ...(await me('kim')).settings, optedOut: ['violence'] };
    await server.inject({ method: 'PUT', url: '/exposure/me/settings', headers: as('kim'), payload: settings });
    for (const answer of [await preview('kim'), await reveal('kim')])
      expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'category-opted-out' }]);
    expect(opened).toEqual([]);
  });
});

describe('a reveal', () => {
  test('nothing is handed out unless the reveal is on record', async () => {
    const answer = await reveal('ann');
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const id = String(answer.headers['tutela-reveal']);
    expect((await looks('?person=ann')).looks).toMatchObject([
      { revealId: id, subject: 'case-7/picture', reason: 'near match', form: 'screen', endedAt: null },
    ]);
    expect(answer.rawPayload.subarray(0, 4).toString()).toBe('RIFF');
    expect(Buffer.compare(answer.rawPayload, files.picture ?? Buffer.alloc(0))).not.toBe(0);
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ width: 700, height: 500 });
    ground.clock.pass(7);
    const ended = (await post('ann', `/exposure/reveals/${id}/end`)).json<Reveal>();
    expect(ended).toMatchObject({ seconds: 7, endedBy: 'person' });
    ground.clock.pass(60);
    expect((await post('ann', `/exposure/reveals/${id}/end`)).json()).toEqual(ended);
    expect((await post('eve', `/exposure/reveals/${id}/end`)).json()).toMatchObject({ code: 'no-such-reveal' });
    expect(await me('ann')).toMatchObject({ seconds: 7, limit: 'within', open: null, talkTo: rules.talkTo });
  });

  test('of nobody, without a reason, of nothing, of what is closed or is no picture, is none', async () => {
    const before = await reveals();
    const anonymous = { method: 'POST', url: '/desk/files/picture/reveal', payload: { reason: 'x' } } as const;
    expect((await server.inject(anonymous)).json()).toMatchObject({ code: 'actor-needed' });
    const mute = await post('ann', '/desk/files/picture/reveal', { reason: ' ' });
    expect(mute.statusCode).toBe(400);
    expect((await reveal('ann', 'gone')).statusCode).toBe(404);
    expect((await reveal('ann', 'closed')).json()).toMatchObject({ code: 'closed-not-viewed' });
    expect((await reveal('ann', 'video')).json()).toMatchObject({ code: 'no-preview' });
    expect(await reveals()).toBe(before);
  });

  test('ends when another begins, and by itself when its time is over', async () => {
    await reveal('bob');
    ground.clock.pass(10);
    await reveal('bob');
    expect((await me('bob')).open).not.toBeNull();
    ground.clock.pass(3600);
    expect(await me('bob')).toMatchObject({ seconds: 10 + rules.revealSeconds, open: null });
    await inTransaction(ground.scratch.db, (tx) => endForgotten(tx, ground.clock.now()));
    const { looks: seen } = await looks('?person=bob');
    expect(seen).toMatchObject([
      { endedBy: 'time', seconds: rules.revealSeconds },
      { endedBy: 'next', seconds: 10 },
    ]);
  });

  test('of two at once by one person, one is open', async () => {
    await Promise.all([reveal('dan'), reveal('dan'), reveal('dan')]);
    expect((await looks('?person=dan')).looks.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });

  test('over the limit is refused by name, until two others added to the day', async () => {
    for (let look = 0; look < 4; look++) {
      await reveal('lead-3');
      ground.clock.pass(look === 3 ? 3600 : 90);
    }
    expect(await me('lead-3')).toMatchObject({ seconds: 300, limitSeconds: 300, limit: 'reached' });
    const stopped = await reveal('lead-3');
    expect([stopped.statusCode, stopped.json()]).toMatchObject([403, { code: 'over-limit' }]);
    expect(opened).toHaveLength(4);

    const asked = await post('lead-3', '/exposure/overrides', {
      person: 'lead-3',
      seconds: 60,
      reason: 'child in danger',
    });
    const { digest } = asked.json<{ digest: string }>();
    const use = () => post('lead-3', `/exposure/overrides/${digest}/use`);
    expect((await use()).json()).toMatchObject({ code: 'too-few' });
    await ground.approve(digest, 'lead-1');
    expect((await use()).json()).toMatchObject({ code: 'too-few' });
    await ground.approve(digest, 'lead-2');
    expect((await use()).json()).toMatchObject({ seconds: 60, approvedBy: ['lead-1', 'lead-2'] });
    expect((await use()).json()).toMatchObject({ code: 'used-already' });
    expect((await reveal('lead-3')).statusCode).toBe(200);
    ground.clock.pass(600);
    expect((await me('lead-3')).seconds).toBe(360);
    expect((await reveal('lead-3')).statusCode).toBe(403);
    const long = await post('lead-3', '/exposure/overrides', { person: 'ann', seconds: 90_000, reason: 'more' });
    expect(long.json()).toMatchObject({ code: 'too-long' });
  });

  test('after an hour without a break a rest is due, and over after the break', async () => {
    ground.clock.pass(86_400);
    for (let look = 0; look < 8; look++) {
      const id = String((await reveal('fay')).headers['tutela-reveal']);
      ground.clock.pass(1);
      await post('fay', `/exposure/reveals/${id}/end`);
      ground.clock.pass(530);
    }
    expect(await me('fay')).toMatchObject({ rest: 'due', seconds: 8 });
    ground.clock.pass(70);
    expect(await me('fay')).toMatchObject({ rest: 'not-due', workedSeconds: 0 });
  });
});

describe('what is kept of people', () => {
  test('outcomes reach those who worked on it, and nobody else', async () => {
    const outcome = {
      desk: 'platform',
      subject: 'case-7',
      kind: 'child-safeguarded',
      happenedAt: '2026-06-02T08:00:00Z',
    };
    expect((await post('lead-1', '/exposure/outcomes', outcome)).statusCode).toBe(201);
    await post('lead-1', '/exposure/outcomes', { ...outcome, subject: 'case-70' });
    expect((await me('ann')).outcomes).toMatchObject([{ kind: 'child-safeguarded', subject: 'case-7' }]);
    expect((await me('nobody-1')).outcomes).toEqual([]);
  });

  test('a skip asks for no reason and takes none', async () => {
    const skip = { desk: 'platform', subject: 'match/1' };
    expect((await post('ann', '/exposure/skips', skip)).statusCode).toBe(204);
    expect((await post('ann', '/exposure/skips', skip)).statusCode).toBe(204);
    await post('ann', '/exposure/skips', { ...skip, reason: 'tired' });
    const { rows } = await sql`select * from exposure.skip`.execute(ground.scratch.db);
    expect(rows).toEqual([{ person: 'ann', ...skip, skipped_at: expect.any(String) }]);
  });

  test('who saw what is told page by page, to the first look', async () => {
    const all = (await looks('?limit=500')).looks;
    const read: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Looks = await looks(`?limit=4${next === '' ? '' : `&before=${next}`}`);
      read.push(...page.looks.map(({ revealId }) => revealId));
      next = page.next;
    }
    expect(read).toEqual(all.map(({ revealId }) => revealId));
    expect(read).toHaveLength(await reveals());
  });

  test('the lead sees sums of days on which three people looked, never a person', async () => {
    const team = await server.inject({ url: '/exposure/team', headers: as('lead-1') });
    expect(team.json()).toEqual({
      leastPeople: 3,
      days: [{ day: '2026-06-01', people: 4, reveals: expect.any(Number), seconds: expect.any(Number) }],
    });
  });

  test('and the ledger vouches for every row', async () => {
    expect(await ground.findings()).toEqual([]);
    const { rows } = await sql<{
      type: string;
    }>`select distinct (entry::jsonb)->>'type' as type from ledger.event`.execute(ground.scratch.db);
    const told = rows.map(({ type }) => type);
    for (const type of [
      'exposure.revealed',
      'exposure.reveal-ended',
      'exposure.limit-lifted',
      'exposure.outcome-noted',
    ])
      expect(told).toContain(type);
  });
});
