import { followList } from '@tutela/hashlist';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdraw } from '../curate/withdraw.js';
import { entryOf, heldInMemory, type ListWorld, openListWorld, value } from '../open-list.test-support.js';
import { servedEntries } from '../queries/entries.js';
import type { EntryId } from '../schema.js';

let world: ListWorld;
beforeAll(async () => {
  world = await openListWorld();
}, 60_000);
afterAll(() => world.close());

const pass = (seconds: number) => world.clock.pass(seconds * 1000);
const idsOn = async (): Promise<readonly EntryId[]> =>
  (await servedEntries(world.db, { list: world.list, limit: 5000 })).map(({ entry_id }) => entry_id);

describe('a subscriber', () => {
  test('loses none of 1,500 entries of one second, though one is deleted between two pages', async () => {
    const { client, member } = await world.admit('thousands');
    pass(10);
    await world.putOn(Array.from({ length: 1500 }, (_, at) => entryOf(at)));
    pass(60);
    const all = await idsOn();
    expect(all.length).toBe(1500);
    const mine = heldInMemory();
    let pages = 0;
    // On the page that was read already: by offsets, everything behind it would move up by one.
    const gone = all.at(-3) as EntryId;
    const deleting: typeof client = {
      ...client,
      page: async (next) => {
        pages++;
        expect(next).toMatch(/^\/v2\/entries\?from=.*&to=.*&start=[0-9]+&size=1000&max=[0-9]+$/);
        value(await withdraw(world.deps, { list: world.list, entries: [gone], reason: 'a beach', by: 'ann' }));
        return await client.page(next);
      },
    };
    const clock = world.clock;
    const first = value(await followList({ client: deleting, held: mine.held, clock }));
    expect(pages).toBe(1);
    expect(first).toMatchObject({ pages: 2, deleted: 0 });
    const canaries = 4;
    expect(mine.shared().length).toBe(1500 + canaries);
    expect(new Set(mine.entries().map(({ timestamp }) => timestamp)).size).toBe(2);

    pass(60);
    const second = value(await followList({ client, held: mine.held, clock }));
    expect(second).toMatchObject({ pages: 1, shared: 0, deleted: 1, from: first.to });
    expect(mine.deleted().map(({ id }) => id)).toEqual([gone]);
    expect(mine.shared().length).toBe(1499 + canaries);
    const ids = new Set(mine.shared().map(({ id }) => id));
    for (const id of await idsOn()) expect(ids.has(id)).toBe(true);
    expect(member).toBeGreaterThan(0);
  });

  test('is told of the same window the same again after it broke off, and keeps its checkpoint until then', async () => {
    const { client } = await world.admit('broken');
    pass(30);
    const mine = heldInMemory();
    const breaking: typeof client = {
      ...client,
      page: async () => ({ kind: 'failed', reason: { code: 'unreachable', message: 'gone' } }),
    };
    const broken = await followList({ client: breaking, held: mine.held, clock: world.clock });
    expect(broken).toMatchObject({ kind: 'failed', reason: { code: 'unreachable' } });
    expect(await mine.held.checkpoint()).toBeUndefined();
    value(await followList({ client, held: mine.held, clock: world.clock }));
    expect(mine.shared().length).toBe((await idsOn()).length + 4);
  });

  test('sees a window open at its beginning and closed at its end', async () => {
    const { client } = await world.admit('windows');
    pass(10);
    await world.putOn([entryOf(9001)]);
    const at = `${world.clock.now().slice(0, 19)}Z`;
    const before = new Date(Date.parse(at) - 1000).toISOString().slice(0, 19).concat('Z');
    const count = async (from: string, to: string) => value(await client.entries({ from, to })).entries.length;
    expect(await count(before, at)).toBe(1);
    expect(await count(at, `${new Date(Date.parse(at) + 1000).toISOString().slice(0, 19)}Z`)).toBe(0);
  });

  test('gives feedback that every member then sees, with the entry moved to the new moment', async () => {
    const { client, member, username } = await world.admit('critic');
    pass(10);
    const { batch } = await world.putOn([entryOf(9002)]);
    const [entry] = await servedEntries(world.db, { list: world.list, limit: 1, batch });
    if (entry === undefined) throw new Error('no entry');
    const reasons = value(await client.reasons('PDQ'));
    const named = { member: entry.submitter_id, id: entry.entry_id };
    pass(10);
    const moment = `${world.clock.now().slice(0, 19)}Z`;
    value(await client.giveFeedback({ ...named, type: 'MD5' }, { kind: 'affirmative' }));
    value(
      await client.giveFeedback({ ...named, type: 'PDQ' }, { kind: 'negative', reasons: [reasons[1]?.guid ?? ''] }),
    );
    const other = await world.admit('reader');
    const seen = value(await other.client.entries({ from: '1970-01-01T00:00:00Z', to: moment })).entries;
    // The entry lies on a later page.
    const mine = heldInMemory();
    pass(10);
    value(await followList({ client: other.client, held: mine.held, clock: world.clock }));
    expect(seen.length).toBe(1000);
    const found = mine.entries().find(({ id }) => id === entry.entry_id);
    const self = { id: member, name: `Platform ${username}` };
    expect(found).toMatchObject({
      timestamp: moment,
      feedback: {
        lastUpdate: moment,
        opinions: [
          { type: 'MD5', affirmative: [self], negative: [] },
          { type: 'PDQ', affirmative: [], negative: [{ reason: { name: 'Matches other content' }, members: [self] }] },
        ],
      },
    });
    const bad = await client.giveFeedback({ ...named, type: 'MD5' }, { kind: 'negative', reasons: ['invented'] });
    expect(bad).toMatchObject({ kind: 'refused' });
  });

  test('reads status, members and categories, and large fingerprints by the address that the entry gives', async () => {
    const { client, member, username } = await world.admit('reader-2');
    const bytes = new Uint8Array(300_000).fill(7);
    pass(10);
    await world.putOn([
      entryOf(9003, { media: 'video', fingerprints: { MD5: 'c'.repeat(32) }, large: { TMK_PDQF: bytes } }),
    ]);
    pass(10);
    const mine = heldInMemory();
    value(await followList({ client, held: mine.held, clock: world.clock }));
    expect(value(await client.status()).member).toEqual({ id: member, name: `Platform ${username}` });
    expect(value(await client.members()).map(({ id }) => id)).toContain(member);
    expect(value(await client.categorizations())[0]).toMatchObject({ name: 'Content', allowMultiple: 'false' });
    const video = mine.shared().find(({ media }) => media === 'video');
    const href = video?.kind === 'shared' ? video.large.TMK_PDQF : undefined;
    expect(value(await client.largeFingerprint(href ?? ''))).toEqual(bytes);
  });

  test('is sent away for a while beyond the quota', async () => {
    const { ask, root } = await world.admit('hasty');
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('/v2/status')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await world.limit('hasty', 12);
    const late = await ask('/v2/status');
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    pass(60);
    expect((await ask('/v2/status')).status).toBe(200);
    expect((await fetch(`${root}/v2/status`)).status).toBe(401);
    await world.limit('hasty', 600);
  });

  test('receives nothing of another list, and nothing any more once the access is revoked', async () => {
    const { ask, client, member } = await world.admit('leaving');
    expect((await fetch(`${world.origin}/hashsharing/other/v2/status`)).status).toBe(401);
    const elsewhere = await ask('/v2/status');
    expect(elsewhere.status).toBe(200);
    await world.revoke(member);
    expect(await client.status()).toMatchObject({ kind: 'refused', reason: { code: 'unauthorised' } });
  });

  test('finds the ledger vouching for every row of the lists', async () => {
    expect(await world.findings()).toEqual([]);
  });
});
