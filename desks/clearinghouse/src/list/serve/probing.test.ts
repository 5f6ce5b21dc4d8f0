import { randomUUID } from 'node:crypto';
import { followList } from '@tutela/hashlist';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdraw } from '../curate/withdraw.js';
import { openListDesk } from '../list-desk.js';
import { entryOf, heldInMemory, type ListWorld, openListWorld, value } from '../open-list.test-support.js';
import type { EntryId } from '../schema.js';

let world: ListWorld;
let console_: FastifyInstance;
beforeAll(async () => {
  world = await openListWorld();
  await world.putOn([entryOf(1), entryOf(2)]);
  console_ = fastify();
  await console_.register(openListDesk(world.deps).routes);
}, 60_000);
afterAll(async () => {
  await console_.close();
  await world.close();
});

const get = async (url: string) => (await console_.inject({ url })).json() as Record<string, never>;
const by = { 'tutela-actor': 'clerk' };

describe('outsiders and probing', () => {
  test('what is unknown, withdrawn, and another recipient’s end alike, byte by byte', async () => {
    const [one, two] = [await world.admit('one'), await world.admit('two')];
    world.clock.pass(60_000);
    const [mine, theirs] = [heldInMemory(), heldInMemory()];
    value(await followList({ client: one.client, held: mine.held, clock: world.clock }));
    value(await followList({ client: two.client, held: theirs.held, clock: world.clock }));
    const own = new Set(mine.shared().map(({ id }) => id));
    const hidden = theirs.shared().find(({ id }) => !own.has(id));
    const [gone] = mine.shared().filter(({ id }) => theirs.shared().some((other) => other.id === id));
    if (hidden === undefined || gone === undefined) throw new Error('nothing to ask for');
    value(
      await withdraw(world.deps, { list: world.list, entries: [gone.id as EntryId], reason: 'a beach', by: 'ann' }),
    );
    const body =
      '<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><affirmative/></feedbackSubmission>';
    const authorization = `Basic ${Buffer.from(`one:${one.password}`).toString('base64')}`;
    const put = async (member: number, id: string) => {
      const url = `${one.root}/v2/entries/${member}/${id}/MD5/feedback`;
      const answer = await fetch(url, {
        method: 'PUT',
        body,
        headers: { authorization, 'content-type': 'application/xml' },
      });
      const { date: _, ...headers } = Object.fromEntries(answer.headers);
      return { status: answer.status, headers, text: await answer.text() };
    };
    const unknown = await put(gone.member.id, randomUUID());
    expect(unknown.status).toBe(404);
    expect(await put(hidden.member.id, hidden.id)).toEqual(unknown);
    expect(await put(gone.member.id, gone.id)).toEqual(unknown);
    expect(await put(999, 'not even an identifier')).toEqual(unknown);
    const [still] = mine.shared().filter(({ id }) => id !== gone.id);
    expect((await put(still?.member.id ?? 0, still?.id ?? '')).status).toBe(200);
  });

  test('without credentials a list that exists and one that does not answer alike', async () => {
    const ask = async (list: string, path: string) => {
      const answer = await fetch(`${world.origin}/hashsharing/${list}/${path}`);
      const { date: _, ...headers } = Object.fromEntries(answer.headers);
      return { status: answer.status, headers, text: await answer.text() };
    };
    const there = await ask('csam', 'v2/entries');
    expect(there.status).toBe(401);
    for (const path of ['v2/entries', 'v2/status', 'v2/members', 'transparency/v1/openings'])
      for (const list of ['csam', 'invented']) expect(await ask(list, path)).toEqual(there);
  });

  test('whoever goes on asking for what is not there is counted, on record and on the page', async () => {
    const { ask, member } = await world.admit('prober');
    for (let at = 0; at < 20; at++) await ask(`/v2/entries/1/${randomUUID()}/fingerprints/TMK_PDQF`);
    const { alerts } = await get('/clearinghouse/list/alerts');
    expect(alerts).toMatchObject([{ list: 'csam', source: `member/${member}`, kind: 'unknown-entry', count: 20 }]);
    expect(await openListDesk(world.deps).summary()).toMatchObject({ probing: [{ source: `member/${member}` }] });
    const { rows } = await world.eventsOf('clearinghouse.list-probed');
    expect(rows.length).toBe(1);
    expect(await world.findings()).toEqual([]);
  });
});

describe('the page', () => {
  test('shows lists, entries, what waits, members with their last poll, and versions with their proof', async () => {
    expect(await get('/clearinghouse/list/lists')).toMatchObject({ lists: [{ list: 'csam', listed: 1, members: 3 }] });
    expect(await get('/clearinghouse/list/csam/entries?limit=1')).toMatchObject({ entries: [{ media: 'image' }] });
    const { next } = await get('/clearinghouse/list/csam/entries?limit=1');
    expect(await get(`/clearinghouse/list/csam/entries?limit=1&before=${String(next)}`)).toMatchObject({
      entries: [{}],
    });
    const { members } = (await get('/clearinghouse/list/members')) as unknown as {
      readonly members: readonly {
        readonly username: string;
        readonly access: readonly { readonly lastPollAt: string }[];
      }[];
    };
    expect(members.find(({ username }) => username === 'one')?.access[0]?.lastPollAt).toMatch(/^20/);
    expect(await get('/clearinghouse/list/csam/versions')).toMatchObject({ versions: [{ proof: 'signed' }, {}, {}] });
  });

  test('names the categories of an entry, and takes an entry of no other', async () => {
    const { groups } = (await get('/clearinghouse/list/categories')) as unknown as {
      readonly groups: readonly { readonly categories: readonly string[] }[];
    };
    expect(groups.flatMap(({ categories }) => categories)).toContain('Known Minor');
    const payload = { entries: [{ ...entryOf(76), category: 'A beach' }] };
    const url = '/clearinghouse/list/csam/proposals';
    const refused = await console_.inject({ method: 'POST', url, payload, headers: by });
    expect(refused.json()).toMatchObject({ code: 'unknown-category' });
  });

  test('proposes, vouches and withdraws in the name of who sits there', async () => {
    const entry = entryOf(77);
    const payload = { entries: [entry] };
    const url = '/clearinghouse/list/csam/proposals';
    expect((await console_.inject({ method: 'POST', url, payload })).statusCode).toBe(400);
    const proposed = (await console_.inject({ method: 'POST', url, payload, headers: by })).json() as Record<
      string,
      string
    >;
    expect(await get(url)).toMatchObject({ proposals: [{ batch: proposed.batch, vouchedBy: [], recipient: null }] });
    expect(await get(`${url}/${proposed.batch}`)).toMatchObject({
      entries: [{ state: 'proposed', vetting: 'both looked at it' }],
    });
    for (const who of ['ann', 'bob'] as const) {
      const word = await world.people[who].approval(proposed.digest as never, world.clock.now());
      await console_.inject({ method: 'POST', url: '/clearinghouse/list/vouchers', payload: word });
    }
    const { entries } = (await get('/clearinghouse/list/csam/entries?limit=1')) as unknown as {
      readonly entries: readonly { readonly entry: string; readonly state: string }[];
    };
    expect(entries[0]?.state).toBe('listed');
    const taken = { method: 'POST', url: '/clearinghouse/list/csam/withdrawals', headers: by } as const;
    const gone = await console_.inject({ ...taken, payload: { entries: [entries[0]?.entry], reason: 'a beach' } });
    expect(gone.json()).toEqual({ withdrawn: 1 });
    const again = await console_.inject({ ...taken, payload: { entries: [entries[0]?.entry], reason: 'a beach' } });
    expect(again.statusCode).toBe(404);
  });
});
