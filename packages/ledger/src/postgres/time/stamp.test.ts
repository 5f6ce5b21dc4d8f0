import { type Clock, toInstant } from '@tutela/core';
import { opensslAtHand, openTimeAuthority, type TimeAuthority as Running } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stampedBody, verifyTimestamp } from '../../time/index.js';
import { checkLedger } from '../check/check-ledger.js';
import { openTestLedger, type TestLedger } from '../ledger-database.test-support.js';
import { readHead } from '../stored-tree.js';
import { ledgerTables } from '../tables.js';
import { stampDue, stampNow, type TimeAuthority } from './stamp.js';
import { readAuthorityStates, readTimestamps } from './stored-timestamps.js';

describe.skipIf(opensslAtHand === 'missing')('heads of a ledger', () => {
  let ledger: TestLedger;
  let first: Running;
  let second: Running;
  let authorities: readonly TimeAuthority[];
  let minutes = 0;
  const began = Date.now();
  const clock: Clock = { now: () => toInstant(new Date(began + minutes * 60_000)) };

  beforeAll(async () => {
    [first, second] = await Promise.all([openTimeAuthority({ name: 'First' }), openTimeAuthority({ key: 'p256' })]);
    const { url } = first;
    authorities = [
      { name: 'first', url, roots: first.roots },
      { name: 'second', url: second.url, roots: second.roots },
    ];
  });
  afterAll(() => Promise.all([first.close(), second.close()]));
  beforeEach(async () => {
    ledger = await openTestLedger();
    minutes = 0;
    first.behave('stamps');
    second.behave('stamps');
  });
  afterEach(() => ledger.scratch.close());

  let things = 0;
  const newHead = async (): Promise<bigint> => {
    await ledger.act({ thing: things++, word: 'word' });
    return (await ledger.sequence()).head?.size ?? 0n;
  };
  /** One word for each authority that was asked. */
  const turn = async (more: { readonly timeoutMs?: number } = {}): Promise<readonly string[]> => {
    const outcome = await stampDue(ledger.db, { authorities, clock, everyMinutes: 10, ...more });
    if (outcome.kind !== 'done') return [outcome.kind === 'nothing' ? outcome.reason.code : outcome.kind];
    return outcome.value.map(({ authority, result }) => `${authority} ${result}`);
  };
  const check = () => checkLedger(ledger.db, { publicKeys: [ledger.key], timeAuthorities: authorities });

  test('are stamped by every authority, once for each head and not more often than asked', async () => {
    expect(await turn()).toEqual(['no-head']);
    const size = await newHead();
    expect(await turn()).toEqual(['first stamped', 'second stamped']);
    expect(await turn()).toEqual([]);
    minutes = 30;
    expect(await turn()).toEqual([]);
    await newHead();
    expect(await turn()).toEqual(['first stamped', 'second stamped']);
    await newHead();
    minutes = 39;
    expect(await turn()).toEqual([]);
    minutes = 40;
    expect(await turn()).toEqual(['first stamped', 'second stamped']);

    const stored = await readTimestamps(ledger.db, size);
    expect(stored.map(({ authority }) => authority)).toEqual(['first', 'second']);
    const row = await sql<{ note: string }>`select note from ledger.checkpoint where size = ${String(size)}`.execute(
      ledger.db,
    );
    const body = stampedBody(row.rows[0]?.note ?? '');
    for (const { token, genTime, chain } of stored) {
      const verdict = await verifyTimestamp({
        token,
        imprintOf: body.kind === 'done' ? body.value : new Uint8Array(0),
        roots: [chain],
      });
      expect(verdict).toMatchObject({ kind: 'done', value: { genTime } });
    }
    const { verdict, counts } = await check();
    expect([verdict, counts.timestamps, counts.timestampsWithoutRoot]).toEqual(['intact', 6, 0]);
  });

  test('are stamped by the others when one authority is silent or down, which rests the longer the more it fails', async () => {
    await newHead();
    second.behave('silent');
    expect(await turn({ timeoutMs: 5000 })).toEqual(['first stamped', 'second failed']);
    expect(await turn()).toEqual([]);
    second.behave('fails');
    minutes = 1;
    expect(await turn()).toEqual(['second failed']);
    minutes = 2;
    expect(await turn()).toEqual([]);
    const [, state] = await readAuthorityStates(ledger.db, ['first', 'second']);
    expect(state).toMatchObject({
      failures: 2,
      lastFailure: { code: 'unreachable', why: expect.stringMatching('503') },
    });
    second.behave('stamps');
    minutes = 3;
    expect(await turn()).toEqual(['second stamped']);
    const [, recovered] = await readAuthorityStates(ledger.db, ['first', 'second']);
    expect(recovered).toMatchObject({ failures: 0, stamped: { size: 1n } });
    expect(recovered).not.toHaveProperty('lastFailure');
  });

  test('are added while an authority is silent, and a second stamper leaves it to the first', async () => {
    await newHead();
    first.behave('silent');
    const giveUp = new AbortController();
    const asked = first.queries();
    const [one] = authorities as readonly [TimeAuthority];
    const waiting = stampDue(ledger.db, { authorities: [one], clock, everyMinutes: 10, signal: giveUp.signal });
    while (first.queries() === asked) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await turn()).toEqual(['another-stamper']);
    expect(await newHead()).toBe(2n);
    giveUp.abort();
    expect(await waiting).toMatchObject({ kind: 'done', value: [{ result: 'failed', size: 1n }] });
  });

  test('of any size are stamped at once when a package asks, and only by those who had not', async () => {
    const size = await newHead();
    await newHead();
    const [one] = authorities;
    const now = (sizeAsked: bigint, asked = authorities) =>
      stampNow(ledger.db, { authorities: asked, clock }, sizeAsked);
    expect(await now(size, one === undefined ? [] : [one])).toMatchObject({ value: [{ result: 'stamped', size }] });
    expect(await now(size)).toMatchObject({
      value: [
        { authority: 'first', result: 'already' },
        { authority: 'second', result: 'stamped' },
      ],
    });
    expect(await now(7n)).toMatchObject({ kind: 'nothing', reason: { code: 'no-such-head' } });
    expect((await readTimestamps(ledger.db, size)).length).toBe(2);
  });

  describe('whose time-stamps somebody spoilt are found by the check:', () => {
    beforeEach(async () => {
      await newHead();
      await turn();
      minutes = 10;
      await newHead();
      await turn();
    });
    const altered = { kind: 'timestamp-altered', size: '1', authority: 'first' };
    test.each([
      ['an edited token', `set token = overlay(token placing '\\x00'::bytea from 200) where`, altered],
      ['a token of nonsense', `set token = '\\x00' where`, altered],
      ['another time in the row', `set gen_time = gen_time - interval '1 day' where`, altered],
      [
        'the chain of another',
        `set chain = (select chain from ledger.timestamp where authority = 'second' limit 1) where`,
        altered,
      ],
      ['no chain', `set chain = '' where`, altered],
      [
        'the token of another head',
        `set token = (select token from ledger.timestamp where size = 2 and authority = 'first') where`,
        altered,
      ],
      [
        'the name of another authority',
        `set authority = 'second' where size = 1 and authority = 'second' or`,
        undefined,
      ],
    ])('%s', async (_, change, finding) => {
      if (finding === undefined)
        await ledger.tamper(`delete from ledger.timestamp where size = 1 and authority = 'second'`);
      await ledger.tamper(`update ledger.timestamp ${change} size = 1 and authority = 'first'`);
      const { findings } = await check();
      expect(findings).toEqual([
        expect.objectContaining(finding ?? { kind: 'timestamp-altered', authority: 'second' }),
      ]);
    });

    test('a token of a head that is not there', async () => {
      await ledger.tamper('update ledger.timestamp set size = 7 where size = 1');
      const { findings } = await check();
      expect(findings.map(({ kind }) => kind)).toEqual(['timestamp-of-no-head', 'timestamp-of-no-head']);
    });

    test('those of an authority that is named no more are counted apart', async () => {
      const report = await checkLedger(ledger.db, { publicKeys: [ledger.key], timeAuthorities: authorities.slice(1) });
      expect(report).toMatchObject({ verdict: 'intact', counts: { timestamps: 4, timestampsWithoutRoot: 2 } });
    });
  });

  test('keep their time-stamps: nothing of them can be changed or taken out without the means of an owner', async () => {
    for (const table of ['timestamp', 'timestamp_failure']) {
      for (const statement of [
        `delete from ledger.${table}`,
        `truncate ledger.${table}`,
        `update ledger.${table} set at = at`,
      ]) {
        await expect(sql.raw(statement).execute(ledger.db)).rejects.toMatchObject({ code: '42501' });
      }
    }
    expect(await readHead(ledgerTables(ledger.db))).toBeUndefined();
  });
});
