import { setTimeout as wait } from 'node:timers/promises';
import { type JsonObject, toHex } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkOpening } from '../commitment.js';
import { decodeEntry } from '../entry.js';
import { nodeHasher, nodeVerifier } from '../node-crypto.js';
import { verifyTlogProof } from '../tlog-proof.js';
import { consistencyProof } from '../tree/proof.js';
import { verifyConsistency } from '../tree/verify.js';
import { appendEvent, appendEvents } from './append-event.js';
import type { EventId } from './event-id.js';
import { eventOf, openTestLedger, type TestLedger } from './ledger-database.test-support.js';
import { proveEvent } from './prove-event.js';
import { sequence } from './sequence.js';
import { startSequencer } from './sequencer.js';
import { storedTree } from './stored-tree.js';
import { ledgerTables } from './tables.js';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger();
});
afterEach(() => ledger.scratch.close());

const leaves = async (): Promise<readonly { readonly index: number; readonly event_id: EventId }[]> => {
  const found = await sql<{ index: number; event_id: EventId }>`
    select index, event_id from ledger.leaf order by index`.execute(ledger.db);
  return found.rows;
};

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

const waitUntil = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await wait(20);
};

describe('an event', () => {
  test('is there after the commit of its act, and not after a rollback', async () => {
    await expect(
      inTransaction(ledger.db, async (tx) => {
        await sql`insert into desk.thing (id, word) values (1, 'one')`.execute(tx);
        await appendEvent(tx, eventOf({ thing: 1, word: 'one' }));
        throw new Error('the act failed');
      }),
    ).rejects.toThrow('the act failed');
    const [kept] = await ledger.act({ thing: 2, word: 'two' });
    expect(await ledger.sequence()).toMatchObject({ count: 1, left: 'drained' });
    expect(await leaves()).toEqual([{ index: 0, event_id: kept }]);
    expect(await ledger.findings()).toEqual([]);
  });

  test('is refused when it claims a row that is not there, or the end of one that is', async () => {
    await expect(
      inTransaction(ledger.db, (tx) => appendEvent(tx, eventOf({ thing: 9, word: '' }))),
    ).rejects.toMatchObject({ code: 'effect-without-row' });
    await ledger.act({ thing: 1, word: 'one' });
    const gone = {
      ...eventOf({ thing: 1, word: '' }),
      effects: [{ kind: 'gone', table: 'desk.thing', key: { id: 1 } }] as const,
    };
    await expect(inTransaction(ledger.db, (tx) => appendEvent(tx, gone))).rejects.toMatchObject({
      code: 'effect-without-row',
    });
  });

  test('is refused when the key of an effect is not that of one row', async () => {
    await ledger.act({ thing: 1, word: 'same' }, { thing: 2, word: 'same' });
    const append = (key: Record<string, string>) => {
      const effects = [{ kind: 'written', table: 'desk.thing', key, columns: ['word'] }] as const;
      return inTransaction(ledger.db, (tx) => appendEvent(tx, { ...eventOf({ thing: 1, word: '' }), effects }));
    };
    await expect(append({ word: 'same' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(append({ id: '1', colour: 'red' })).rejects.toThrow('there.colour does not exist');
  });

  test('of a row that was removed says so, and vouches for its absence', async () => {
    await ledger.act({ thing: 1, word: 'one' });
    await inTransaction(ledger.db, async (tx) => {
      await sql`delete from desk.thing where id = 1`.execute(tx);
      await appendEvent(tx, {
        ...eventOf({ thing: 1, word: '' }),
        effects: [{ kind: 'gone', table: 'desk.thing', key: { id: 1 } }],
      });
    });
    await ledger.sequence();
    expect(await ledger.findings()).toEqual([]);
    await sql`insert into desk.thing (id, word) values (1, 'back')`.execute(ledger.db);
    expect(await ledger.findings()).toMatchObject([{ kind: 'row-returned', key: '{"id": 1}' }]);
  });

  test('vouches for its row whatever the settings of the sessions that write and check', async () => {
    await inTransaction(ledger.db, async (tx) => {
      await sql`set local timezone = 'Asia/Kathmandu'`.execute(tx);
      await sql`set local bytea_output = 'escape'`.execute(tx);
      await sql`set local extra_float_digits = -10`.execute(tx);
      await sql`set local datestyle = 'German'`.execute(tx);
      await sql`insert into desk.thing (id, word, bytes, number) values (1, 'one', '\\x00ff', 0.1)`.execute(tx);
      await appendEvent(tx, eventOf({ thing: 1, word: 'one' }));
    });
    expect(await ledger.findings()).toEqual([]);
  });

  test('has an identifier and a key of its own, also among those written together', async () => {
    const ids = await ledger.act(...Array.from({ length: 50 }, (_, thing) => ({ thing, word: 'word' })));
    const { rows } = await sql<{ key: Uint8Array }>`select key from ledger.opening`.execute(ledger.db);
    expect(new Set(rows.map(({ key }) => toHex(key))).size).toBe(50);
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('cannot be written outside of the schema of entries', async () => {
    const append = (change: object) =>
      inTransaction(ledger.db, (tx) => appendEvent(tx, { ...eventOf({ thing: 1, word: '' }), effects: [], ...change }));
    await expect(append({ type: 'With Space' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(append({ caseRef: 'c'.repeat(201) })).rejects.toMatchObject({ code: 'invalid' });
    await expect(append({ caseRef: 'nul\0' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(append({ subjects: Array(70).fill('x'.repeat(1000)) })).rejects.toMatchObject({ code: 'invalid' });
    await expect(append({ payload: { when: new Date() } as unknown as JsonObject })).rejects.toThrow();
  });
});

describe('the sequencer', () => {
  test('loses no event of a slow transaction that others overtook', async () => {
    const slow = gate();
    const written = gate();
    const slowAct = inTransaction(ledger.db, async (tx) => {
      await sql`insert into desk.thing (id, word) values (1, 'slow')`.execute(tx);
      await appendEvent(tx, eventOf({ thing: 1, word: 'slow' }));
      written.open();
      await slow.opened;
    });
    await written.opened;
    await ledger.act({ thing: 2, word: 'fast' });
    const first = await sequence(ledger.db, ledger.deps);
    if (first.kind !== 'done') throw new Error('nobody else is sequencing');
    expect(first.value.count).toBe(1);
    await ledger.act({ thing: 3, word: 'fast' });
    const second = await sequence(ledger.db, ledger.deps, first.value.horizon);
    slow.open();
    await slowAct;
    const third = await sequence(ledger.db, ledger.deps, second.kind === 'done' ? second.value.horizon : undefined);
    expect(third).toMatchObject({ kind: 'done', value: { count: 1 } });
    expect((await leaves()).length).toBe(3);
    expect(await ledger.findings()).toEqual([]);
  });

  test('gives every event one place without a gap while two sequencers and many writers are at it', async () => {
    const heads: string[] = [];
    const start = async () => {
      const started = await startSequencer(ledger.db, {
        ...ledger.deps,
        everyMs: 5,
        onHead: (note) => heads.push(note),
      });
      if (started.kind !== 'done') throw new Error(started.reason.message);
      return started.value;
    };
    const sequencers = [await start(), await start()];
    const ids: EventId[] = [];
    const writer = async (number: number) => {
      for (let at = 0; at < 15; at++) {
        const acts = Array.from({ length: (at % 3) + 1 }, (_, more) => ({
          thing: number * 1000 + at * 10 + more,
          word: 'x',
          caseRef: `case-${at % 4}`,
        }));
        ids.push(...(await ledger.act(...acts)));
      }
    };
    await Promise.all([1, 2, 3, 4].map(writer));
    await waitUntil(async () => (await leaves()).length === ids.length);
    await Promise.all(sequencers.map(({ stop }) => stop()));
    const placed = await leaves();
    expect(placed.map(({ index }) => index)).toEqual(placed.map((_, at) => at));
    expect(placed.map(({ event_id }) => event_id).toSorted()).toEqual(ids.toSorted());
    expect(await ledger.findings({ headsKeptElsewhere: heads })).toEqual([]);
  });

  test('counts the events of each case from 1 and chains them', async () => {
    await ledger.act(
      { thing: 1, word: 'a', caseRef: 'A' },
      { thing: 2, word: 'b', caseRef: 'B' },
      { thing: 3, word: 'a', caseRef: 'A' },
    );
    await ledger.sequence();
    const [id] = await ledger.act({ thing: 4, word: 'a', caseRef: 'A' });
    await ledger.sequence();
    const proven = await proveEvent(ledger.db, id as EventId);
    if (proven.kind !== 'done') throw new Error(proven.reason.message);
    const hashes = await sql<{ hash: Buffer }>`select hash from ledger.leaf where index = 2`.execute(ledger.db);
    expect(decodeEntry(Buffer.from(proven.value.entry))).toMatchObject({
      kind: 'done',
      value: { caseRef: 'A', caseSeq: 3, casePrev: toHex(hashes.rows[0]?.hash as Buffer) },
    });
    expect(await ledger.findings()).toEqual([]);
  });

  test('is not held up by a row that is no entry, and the check names that row', async () => {
    await sql`insert into ledger.event (id, entry) values ('00000000-0000-4000-8000-000000000000', 'garbage')`.execute(
      ledger.db,
    );
    await ledger.act({ thing: 1, word: 'one' });
    expect(await ledger.sequence()).toMatchObject({ count: 2 });
    expect(await ledger.findings()).toMatchObject([{ kind: 'entry-malformed' }, { kind: 'opening-missing' }]);
  });

  test('finds the events again that were restored from another cluster', async () => {
    await ledger.act({ thing: 1, word: 'one' });
    await ledger.tamper(`update ledger.event set txid = '900000000000'`);
    const first = await sequence(ledger.db, ledger.deps);
    expect(first).toMatchObject({ kind: 'done', value: { count: 1, horizon: { restored: '1' } } });
    await ledger.act({ thing: 2, word: 'two' });
    const horizon = first.kind === 'done' ? first.value.horizon : undefined;
    expect(await sequence(ledger.db, ledger.deps, horizon)).toMatchObject({ kind: 'done', value: { count: 1 } });
    expect(await ledger.findings()).toEqual([]);
  });

  test.each([
    ['an altered leaf', `update ledger.leaf set hash = sha256('x') where index = 3`],
    ['a missing leaf in the middle', 'delete from ledger.leaf where index = 3'],
    ['a missing last leaf', 'delete from ledger.leaf where index = 9'],
    ['an added leaf', `insert into ledger.leaf values (10, gen_random_uuid(), sha256('x'), null, null, null)`],
    ['an altered root', `update ledger.checkpoint set root = sha256('x') where size = 10`],
    ['a missing last checkpoint', 'delete from ledger.checkpoint where size = 10'],
    ['an emptied log', 'truncate ledger.leaf'],
  ])('signs nothing on top of %s', async (_, statement) => {
    await ledger.act(...Array.from({ length: 10 }, (_, thing) => ({ thing, word: 'x' })));
    await ledger.sequence();
    await ledger.act({ thing: 11, word: 'x' });
    await ledger.tamper(statement);
    await expect(ledger.sequence()).rejects.toMatchObject({ code: 'head-differs' });
    expect(await startSequencer(ledger.db, ledger.deps)).toMatchObject({
      kind: 'refused',
      reason: { code: 'head-differs' },
    });
  });

  test('does not start on a head that another key signed', async () => {
    await ledger.act({ thing: 1, word: 'x' });
    await ledger.sequence();
    const stranger = await openTestLedger();
    await stranger.scratch.close();
    const started = await startSequencer(ledger.db, stranger.deps);
    expect(started).toMatchObject({ kind: 'refused', reason: { code: 'head-not-ours' } });
  });

  test('signs nothing once a head that was there is gone, be it cut away just before a turn', async () => {
    for (const thing of [1, 2]) {
      await ledger.act({ thing, word: 'x' });
      await ledger.sequence();
    }
    const before = await sequence(ledger.db, ledger.deps);
    const { head } = before.kind === 'done' ? before.value : {};
    await ledger.tamper('delete from ledger.checkpoint where size = 2; delete from ledger.leaf where index = 1');
    await ledger.act({ thing: 3, word: 'x' });
    const turn = sequence(ledger.db, ledger.deps, undefined, head);
    await expect(turn).rejects.toMatchObject({ code: 'head-differs' });
  });

  test('ends when a head that it has seen is gone, though what is left fits together', async () => {
    await ledger.act({ thing: 1, word: 'x' });
    await ledger.sequence();
    const turn = gate();
    const started = await startSequencer(ledger.db, { ...ledger.deps, everyMs: 5, onHead: turn.open });
    if (started.kind !== 'done') throw new Error(started.reason.message);
    await ledger.act({ thing: 2, word: 'x' });
    // Before its first turn has ended, it would put the event into the log again, as it was.
    await turn.opened;
    await ledger.tamper('delete from ledger.checkpoint where size = 2; delete from ledger.leaf where index = 1');
    expect(await started.value.ended).toMatchObject({ kind: 'refused', reason: { code: 'head-differs' } });
  });
});

describe('proofs from the stored tree', () => {
  const size = 700;

  test('hold for every event, and between any two sizes', async () => {
    const ids: EventId[] = [];
    for (let at = 0; at < size; at += 100) {
      ids.push(
        ...(await inTransaction(ledger.db, (tx) =>
          appendEvents(
            tx,
            Array.from({ length: 100 }, (_, more) => ({ ...eventOf({ thing: at + more, word: '' }), effects: [] })),
          ),
        )),
      );
      await ledger.sequence();
    }
    const trust = { hasher: nodeHasher, verifier: nodeVerifier, keys: [ledger.key] };
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: size - 1 }), async (at) => {
        const proven = await proveEvent(ledger.db, ids[at] as EventId);
        if (proven.kind !== 'done' || proven.value.opening === undefined) throw new Error('the event is in the log');
        const { proof, entry, opening } = proven.value;
        const verified = await verifyTlogProof(trust, proof, Buffer.from(entry));
        expect(verified).toMatchObject({ kind: 'done', value: { index: BigInt(at) } });
        const decoded = decodeEntry(Buffer.from(entry));
        expect(decoded.kind === 'done' && checkOpening(nodeHasher, decoded.value.commitment, opening)).toBe('opens');
      }),
      { numRuns: 40 },
    );
    const heads = await ledgerTables(ledger.db)
      .selectFrom('ledger.checkpoint')
      .select(['size', 'root'])
      .orderBy('size')
      .execute();
    const tree = storedTree(ledgerTables(ledger.db), nodeHasher);
    for (const [at, older] of heads.entries()) {
      for (const newer of heads.slice(at)) {
        const [first, second] = [BigInt(older.size), BigInt(newer.size)];
        const proof = await consistencyProof(tree, first, second);
        const claim = { first, second, firstRoot: older.root, secondRoot: newer.root, proof };
        expect(verifyConsistency(nodeHasher, claim).kind).toBe('done');
      }
    }
    expect(heads.length).toBe(7);
  });

  test('are not given for an event that is unknown or not sequenced yet', async () => {
    const [id] = await ledger.act({ thing: 1, word: 'x' });
    expect(await proveEvent(ledger.db, id as EventId)).toMatchObject({ reason: { code: 'not-yet-sequenced' } });
    const unknown = '00000000-0000-4000-8000-000000000000' as EventId;
    expect(await proveEvent(ledger.db, unknown)).toMatchObject({ reason: { code: 'no-such-event' } });
  });
});
