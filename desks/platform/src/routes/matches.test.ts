import type { UtcInstant } from '@tutela/core';
import { encode, makePicture } from '@tutela/testkit';
import { type FastifyInstance, fastify } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedPlatform, openPlatformForTest, storeListOf } from '../open-platform.test-support.js';

let opened: OpenedPlatform;
let server: FastifyInstance;
let match: string;
let bytes: Buffer;

beforeAll(async () => {
  opened = await openPlatformForTest({ exactMatches: 'review' });
  server = fastify();
  await server.register(opened.desk.routes);
  bytes = Buffer.from(await encode(makePicture(3)));
  await storeListOf(opened.deps, 'known', { seeds: [], files: [bytes] });
  const uploadedAt = '2026-03-01T10:14:57.000Z' as UtcInstant;
  const upload = { account: 'ann', name: 'a.jpg', bytes, uploadedAt, list: 'known', threshold: 31 };
  match = (await opened.desk.platform.receiveUpload(upload)).match ?? '';
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

const decide = (headers: Readonly<Record<string, string>>) =>
  server.inject({
    method: 'POST',
    url: `/platform/matches/${match}/decision`,
    headers,
    payload: { decision: 'confirmed', reason: 'as listed' },
  });

const deciders = async () => (await sql`select decided_by from platform.decision`.execute(opened.scratch.db)).rows;

test('nobody decides over HTTP without saying who they are', async () => {
  expect((await decide({})).json()).toMatchObject({ code: 'actor-needed' });
  expect((await decide({ 'tutela-actor': 'Ann Smith' })).json()).toMatchObject({ code: 'actor-malformed' });
  expect(await deciders()).toEqual([]);
  expect((await decide({ 'tutela-actor': 'analyst-1' })).statusCode).toBe(200);
  expect(await deciders()).toEqual([{ decided_by: 'analyst-1' }]);
});

const views = async () => (await sql`select id, viewed_by, reason from platform.view`.execute(opened.scratch.db)).rows;

test('a reveal over HTTP is a view in the one log of views, and hands out no byte of the file', async () => {
  const url = `/platform/matches/${match}`;
  const headers = { 'tutela-actor': 'analyst-1' };
  expect((await server.inject({ url: `${url}/preview`, headers })).headers['content-type']).toBe('image/webp');
  expect(await views()).toEqual([]);
  const revealed = await server.inject({ method: 'POST', url: `${url}/reveal`, headers, payload: { reason: 'near' } });
  expect([revealed.statusCode, revealed.headers['content-type']]).toEqual([200, 'image/webp']);
  expect(revealed.rawPayload.includes(bytes.subarray(0, 64))).toBe(false);
  expect(await views()).toEqual([{ id: revealed.headers['tutela-reveal'], viewed_by: 'analyst-1', reason: 'near' }]);
  const gone = `/platform/matches/${crypto.randomUUID()}`;
  expect((await server.inject({ url: `${gone}/preview`, headers })).statusCode).toBe(404);
});
