import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { UtcInstant } from '@tutela/core';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedPlatform, openPlatformForTest, storeListOf } from '../open-platform.test-support.js';

let opened: OpenedPlatform;
let bytes: Uint8Array;
let match: string;

beforeAll(async () => {
  opened = await openPlatformForTest({ exactMatches: 'review' });
  bytes = await encode(makePicture(7), { quality: 70 });
  await storeListOf(opened.deps, 'known', { seeds: [7], files: [] });
  const received = await opened.desk.platform.receiveUpload({
    account: 'ann',
    name: 'beach.jpg',
    bytes,
    uploadedAt: '2026-03-01T10:14:57.000Z' as UtcInstant,
    ip: '198.51.100.7',
    port: 51_344,
    list: 'known',
    threshold: 31,
  });
  expect(received.outcome).toBe('near');
  match = received.match ?? '';
});
afterAll(() => opened.close());

const views = async () => (await sql`select viewed_by, reason from platform.view`.execute(opened.scratch.db)).rows;

test('an original is not handed out unless the look was recorded', async () => {
  expect(await views()).toEqual([]);
  const outcome = await opened.desk.platform.viewOriginal({ match, actor: 'analyst-1', reason: 'near match' });
  expect(await views()).toEqual([{ viewed_by: 'analyst-1', reason: 'near match' }]);
  if (outcome.kind !== 'done') throw new Error(outcome.reason.code);
  const given = await buffer(outcome.value.bytes);
  expect(createHash('sha256').update(given).digest()).toEqual(createHash('sha256').update(bytes).digest());
});

test('a match that does not exist shows nothing and records nothing', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const outcome = await opened.desk.platform.viewOriginal({ match: id, actor: 'analyst-1', reason: 'look' });
  expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'no-such-match' } });
  expect(await views()).toHaveLength(1);
});

test('of two people who decide at once the first one stands', async () => {
  const decide = (actor: string, decision: 'confirmed' | 'dismissed') =>
    opened.desk.platform.decide({ match, decision, actor, reason: 'as seen' });
  const outcomes = await Promise.all([decide('analyst-1', 'confirmed'), decide('analyst-2', 'dismissed')]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
  expect(await decide('analyst-3', 'dismissed')).toMatchObject({ reason: { code: 'already-decided' } });
});

test('an upload sent again is the same upload, and another file under its identifier is refused', async () => {
  const { platform } = opened.desk;
  const id = '11111111-1111-4111-8111-111111111111';
  const uploadedAt = '2026-03-01T10:14:57.000Z' as UtcInstant;
  const upload = { id, account: 'bob', name: 'b.jpg', bytes, uploadedAt, list: 'known', threshold: 31 };
  const first = await platform.receiveUpload(upload);
  expect(await platform.receiveUpload(upload)).toEqual(first);
  const waiting = await platform.listMatches({ state: 'waiting', limit: 10 });
  expect(waiting.filter(({ account }) => account === 'bob')).toHaveLength(1);
  const other = platform.receiveUpload({ ...upload, bytes: bytes.subarray(1) });
  await expect(other).rejects.toMatchObject({ code: 'upload-id-reused' });
});
