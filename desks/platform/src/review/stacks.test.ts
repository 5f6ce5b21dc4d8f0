import { systemClock, type UtcInstant } from '@tutela/core';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { encode, makePicture } from '@tutela/testkit';
import { type FastifyInstance, fastify } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StackBody, StackHistoryBody, StackMembersBody, StacksBody, StacksWindowBody } from '../api/stacks.js';
import { type OpenedPlatform, openPlatformForTest, storeListOf } from '../open-platform.test-support.js';

let opened: OpenedPlatform;
let server: FastifyInstance;

beforeAll(async () => {
  opened = await openPlatformForTest({ exactMatches: 'review' });
  server = fastify();
  await server.register(opened.desk.routes);
  const [first, other] = [makePicture(31), makePicture(32)];
  const original = await encode(first, { quality: 90 });
  await storeListOf(opened.deps, 'known', { seeds: [31, 32], files: [original] });
  const upload = (account: string, bytes: Uint8Array) => {
    const uploadedAt = '2026-03-01T10:14:57.000Z' as UtcInstant;
    const asked = { account, name: `${account}.jpg`, bytes, uploadedAt, list: 'known', threshold: 31 };
    return opened.desk.platform.receiveUpload(asked);
  };
  await upload('ann', original);
  await upload('bob', original);
  await upload('cid', await encode(first, { quality: 40 }));
  await upload('dan', await encode(other, { quality: 60 }));
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

const headers = { 'tutela-actor': 'analyst-1' };
const get = async <T>(url: string, actor = 'analyst-1') =>
  (await server.inject({ url, headers: { 'tutela-actor': actor } })).json<T>();
const post = async <T>(url: string, payload: object) =>
  (await server.inject({ method: 'POST', url, headers, payload })).json<T>();
const waiting = async (actor?: string) => (await get<StacksBody>('/platform/stacks', actor)).stacks;
const largest = async (): Promise<StackBody> => {
  const { stacks } = await get<StacksBody>('/platform/stacks?state=all');
  const found = stacks.find(({ members }) => members === 3);
  if (found === undefined) throw new Error('there is no stack of three');
  return found;
};

test('the same bytes and the same picture lie in one stack, each with the reason, another picture in its own', async () => {
  const stacks = await waiting();
  expect(stacks.map(({ members, accounts, files }) => [members, accounts, files])).toEqual([
    [1, 1, 1],
    [3, 3, 2],
  ]);
  const { stackId, kind, earlier } = await largest();
  expect([kind, earlier]).toEqual(['exact', null]);
  const { members, next } = await get<StackMembersBody>(`/platform/stacks/${stackId}/members`);
  const reasons = members.map(({ account, because, distance }) => [account, because, distance]);
  expect(next).toBeNull();
  expect(new Set(reasons)).toEqual(
    new Set([
      ['ann', 'first', null],
      ['bob', 'same-bytes', null],
      ['cid', 'looks-alike', members.find(({ account }) => account === 'cid')?.distance],
    ]),
  );
});

test('stacks and members come page by page, to the last', async () => {
  const first = await get<StacksBody>('/platform/stacks?limit=1');
  const second = await get<StacksBody>(`/platform/stacks?limit=1&before=${first.next}`);
  expect([...first.stacks, ...second.stacks]).toEqual(await waiting());
  expect((await get<StacksBody>(`/platform/stacks?limit=1&before=${second.next}`)).stacks).toEqual([]);
  const { stackId } = await largest();
  const page = await get<StackMembersBody>(`/platform/stacks/${stackId}/members?limit=2`);
  const rest = await get<StackMembersBody>(`/platform/stacks/${stackId}/members?limit=2&after=${page.next}`);
  expect([page.members.length, rest.members.length]).toEqual([2, 1]);
});

test('what a person skipped is not offered to them again, and still is to others', async () => {
  const { deps } = opened;
  const { stackId } = await largest();
  await sql`insert into exposure.skip (person, desk, subject, skipped_at)
            values ('analyst-9', 'platform', ${`stack/${stackId}`}, now())`.execute(deps.db);
  expect((await waiting('analyst-9')).map(({ members }) => members)).toEqual([1]);
  expect(await waiting()).toHaveLength(2);
});

test('one decision covers the stack; who comes later finds it, and what is new in it waits', async () => {
  const { stackId } = await largest();
  const decision = { decision: 'confirmed', reason: 'as listed' };
  expect(await post(`/platform/stacks/${stackId}/decision`, decision)).toEqual({ stack: stackId, decided: 3 });
  expect(await post(`/platform/stacks/${stackId}/decision`, decision)).toMatchObject({ code: 'nothing-waits' });
  expect((await waiting()).map(({ members }) => members)).toEqual([1]);
  const bytes = await encode(makePicture(31), { quality: 70 });
  const uploadedAt = '2026-03-02T10:14:57.000Z' as UtcInstant;
  await opened.desk.platform.receiveUpload({
    account: 'eve',
    name: 'e.jpg',
    bytes,
    uploadedAt,
    list: 'known',
    threshold: 31,
  });
  expect(await get<StackBody>(`/platform/stacks/${stackId}`)).toMatchObject({
    members: 4,
    waiting: 1,
    confirmed: 3,
    earlier: { decision: 'confirmed', decidedBy: 'analyst-1', reason: 'as listed' },
  });
});

test('the queue is read in windows by what it is filtered by, and the history tells what was taken back', async () => {
  const window = (query: string) => get<StacksWindowBody>(`/platform/stacks/window?${query}`);
  const all = await window('state=all&limit=1');
  expect(all).toMatchObject({ total: 2, from: 0 });
  const rest = await window(`state=all&after=${all.last}`);
  expect(rest.rows.map(({ stackId }) => stackId)).not.toContain(all.rows[0]?.stackId);
  expect((await window('state=all&account=dan')).rows.map(({ accounts }) => accounts)).toEqual([1]);
  expect((await window('state=all&kind=near')).rows.map(({ kind }) => kind)).toEqual(['near']);
  expect((await window('state=all&list=nobody')).total).toBe(0);
  const one = (await window('state=all&account=dan')).rows[0]!;
  const last = rest.rows.at(-1)!.stackId;
  expect(await get(`/platform/stacks/${all.rows[0]?.stackId}/neighbours?state=all`)).toEqual({
    before: null,
    after: last,
  });
  await post(`/platform/stacks/${one.stackId}/decision`, { decision: 'confirmed', reason: 'as listed' });
  await post(`/platform/stacks/${one.stackId}/reversal`, { reason: 'too quick' });
  const { events } = await get<StackHistoryBody>(`/platform/stacks/${one.stackId}/history`);
  const told = events.map(({ type, reason }) => [type, reason]);
  expect(told.slice(0, 2)).toEqual([
    ['reversed', 'too quick'],
    ['confirmed', 'as listed'],
  ]);
  expect(told.at(-1)).toEqual(['found', null]);
});

test('what is not in a report can be taken back, what is in one stands', async () => {
  const { stackId } = (await get<StacksBody>('/platform/stacks?state=all')).stacks.find(
    ({ members }) => members === 4,
  )!;
  const { db } = opened.deps;
  await sql`insert into platform.filing (id, account, environment, opened_at, state, revision, attempt, due_at)
            values (gen_random_uuid(), 'ann', 'test', now(), 'finished', 0, 0, now())`.execute(db);
  await sql`insert into platform.filing_file (filing, ordinal, match)
            select (select id from platform.filing where account = 'ann'), 0, id from platform.match
             where account = 'ann'`.execute(db);
  const back = () => post(`/platform/stacks/${stackId}/reversal`, { reason: 'a family album' });
  expect(await back()).toEqual({ stack: stackId, reversed: 2, filed: 1 });
  expect(await get<StackBody>(`/platform/stacks/${stackId}`)).toMatchObject({ waiting: 3, confirmed: 1 });
  expect(await back()).toMatchObject({ code: 'filed-already' });
  await post(`/platform/stacks/${stackId}/decision`, { decision: 'dismissed', reason: 'a family album' });
  expect(await get<StackBody>(`/platform/stacks/${stackId}`)).toMatchObject({ waiting: 0, dismissed: 3 });
});

test('and the ledger vouches for the decisions, also for those that came back', async () => {
  const { db } = opened.deps;
  const signer = signerFromPem('test.example/ledger', newSigningKeyPem());
  expect((await sequence(db, { signer, clock: systemClock })).kind).toBe('done');
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const coveredTables = [{ table: 'platform.decision', key: ['match'] }];
  expect((await checkLedger(db, { publicKeys, coveredTables })).findings).toEqual([]);
});
