import { toHex } from '@tutela/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../checkpoint.js';
import { checkOpening } from '../commitment.js';
import { encodeEntry } from '../entry.js';
import { nodeHasher, nodeVerifier } from '../node-crypto.js';
import type { TreeNode } from '../tree/frontier.js';
import { leafHash, nodeHash } from '../tree/hashing.js';
import { type CaseEvent, type CaseHistory, readCaseHistory } from './case-history.js';
import { findPlace, headOver } from './find-place.js';
import { openTestLedger, type TestLedger } from './ledger-database.test-support.js';

let ledger: TestLedger;
let size = 0n;
beforeAll(async () => {
  ledger = await openTestLedger();
  for (let thing = 0; thing < 1500; thing += 50) {
    const acts = Array.from({ length: 50 }, (_, at) => ({
      thing: thing + at,
      word: 'word',
      ...((thing + at) % 7 === 0 && { caseRef: 'case-7' }),
      ...(thing + at === 3 && { caseRef: 'case-of-one' }),
    }));
    await ledger.act(...acts);
  }
  size = (await ledger.sequence()).head?.size ?? 0n;
});
afterAll(() => ledger.scratch.close());

const historyOf = async (caseRef: string, throughCaseSeq: number): Promise<CaseHistory> => {
  const history = await readCaseHistory(ledger.db, { caseRef, throughCaseSeq, size });
  if (history.kind !== 'done') throw new Error(history.reason.message);
  return history.value;
};

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** As somebody would who has nothing but events and nodes. */
const rootFrom = (events: readonly CaseEvent[], nodes: readonly TreeNode[]): Uint8Array => {
  const known = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  for (const { index, entry } of events) known.set(`0/${index}`, leafHash(nodeHasher, encodeEntry(entry)));
  const rangeRoot = (from: bigint, count: bigint): Uint8Array => {
    const level = count.toString(2).length - 1;
    const whole = 1n << BigInt(level) === count ? known.get(`${level}/${from >> BigInt(level)}`) : undefined;
    if (whole) return whole;
    if (count === 1n) throw new Error(`leaf ${from} is not known`);
    const left = 1n << BigInt((count - 1n).toString(2).length - 1);
    return nodeHash(nodeHasher, rangeRoot(from, left), rangeRoot(from + left, count - left));
  };
  return rangeRoot(0n, size);
};

describe('the history of a case', () => {
  test.each([
    ['case-7', 215],
    ['case-7', 100],
    ['case-7', 1],
    ['case-of-one', 1],
  ])('of %s through event %i gives the root of the checkpoint', async (caseRef, through) => {
    const history = await historyOf(caseRef, through);
    const events = await collect(history.events());
    expect(events.map(({ entry }) => entry.caseSeq)).toEqual(Array.from({ length: through }, (_, at) => at + 1));
    for (const { entry, opening } of events) {
      expect(opening && checkOpening(nodeHasher, entry.commitment, opening)).toBe('opens');
    }
    const opened = await openCheckpoint(nodeVerifier, [ledger.key], history.checkpoint);
    if (opened.kind !== 'done') throw new Error(opened.reason.message);
    expect(toHex(rootFrom(events, await collect(history.nodes())))).toBe(toHex(opened.value.root));
  });

  test('does not go beyond the tree, nor to a tree that was never signed', async () => {
    const refusal = async (throughCaseSeq: number, leaves: bigint) =>
      await readCaseHistory(ledger.db, { caseRef: 'case-7', throughCaseSeq, size: leaves });
    expect(await refusal(216, size)).toMatchObject({ kind: 'refused', reason: { code: 'not-covered' } });
    expect(await refusal(1, size - 1n)).toMatchObject({ kind: 'refused', reason: { code: 'no-such-checkpoint' } });
  });

  test('is found by a row that one of its events vouches for', async () => {
    const row = { table: 'desk.thing', key: { id: 14 } };
    expect(await findPlace(ledger.db, row)).toEqual({ index: 14n, caseSeq: 3 });
    expect(await headOver(ledger.db, 14n)).toMatchObject({ size });
    expect(await headOver(ledger.db, size)).toBeUndefined();
    expect(await findPlace(ledger.db, { ...row, key: { id: 99_999 } })).toBeUndefined();
  });

  test('shows that an opening was destroyed by its absence', async () => {
    await ledger.tamper(`delete from ledger.opening where event_id in (
      select event_id from ledger.leaf where case_ref = 'case-of-one')`);
    const [event] = await collect((await historyOf('case-of-one', 1)).events());
    expect(event).not.toHaveProperty('opening');
  });

  test('with an event taken out of the database is not told', async () => {
    await ledger.tamper(`delete from ledger.leaf where case_ref = 'case-7' and case_seq = 5`);
    await expect(collect((await historyOf('case-7', 9)).events())).rejects.toThrow('event 5 of case case-7');
  });
});
