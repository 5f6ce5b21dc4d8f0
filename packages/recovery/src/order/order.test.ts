import fc from 'fast-check';
import { expect, test } from 'vitest';
import { worthBroadcasting } from './broadcast.js';
import { nextKind, type Prospect } from './next-kind.js';
import { kindOf, type OwnerGroup, type Words } from './owner-group.js';
import type { StopRule } from './stop-rule.js';
import { type Expectations, openYieldTable } from './yield-table.js';

const expectations: Expectations = {
  hints: { holdIt: 0.3, hitShare: [0.7, 0.3], words: 10 },
  list: { holdIt: 0.5, hitShare: [0.6, 0.4], words: 100 },
  reuse: 0.5,
};
const untilTheEnd: StopRule = { mostSecondsPerLock: Number.POSITIVE_INFINITY, mostSeconds: Number.POSITIVE_INFINITY };
const group: OwnerGroup = { unsolved: 1, inVain: 0, recovered: 0 };
const prospect = (changes: Partial<OwnerGroup> = {}, words: Words = 'list', cost = 1): Prospect => ({
  kind: kindOf({ ...group, ...changes }, words, 0),
  cost,
});
const next = (waiting: readonly Prospect[], table = openYieldTable(expectations)): Prospect | undefined => {
  const found = nextKind(waiting, table, untilTheEnd, 0);
  return found.kind === 'work' ? found.on : undefined;
};

test('an owner of many locks comes before an owner of one', () => {
  const [large, small] = [prospect({ unsolved: 200 }), prospect()];
  expect(next([small, large])).toBe(large);
});

test('after an exemplar without a hit its owner comes later', () => {
  const [fresh, inVain] = [prospect({ unsolved: 50 }), prospect({ unsolved: 50, inVain: 1 })];
  expect(next([inVain, fresh])).toBe(fresh);
});

test('words near a lock come before the list, on locks of the same cost', () => {
  const [hints, list] = [prospect({}, 'hints'), prospect({}, 'list')];
  expect(next([list, hints])).toBe(hints);
});

test('the list on a cheap lock comes before words near a dear one', () => {
  const [dear, cheap] = [prospect({}, 'hints', 0.03), prospect({}, 'list', 0.00001)];
  expect(next([dear, cheap])).toBe(cheap);
});

test('what is seen outweighs what was expected', () => {
  const [large, small] = [prospect({ unsolved: 200 }), prospect()];
  const table = openYieldTable(expectations);
  table.record(large.kind, { checks: 1_000_000, solved: 0 });
  expect(next([small, large], table)).toBe(small);
  const again = openYieldTable(expectations, JSON.parse(JSON.stringify(table.toJson())));
  expect(again.expected(large.kind)).toBe(table.expected(large.kind));
});

test('guessing ends by its written rule, and not before', () => {
  const table = openYieldTable(expectations);
  const on = prospect({}, 'list', 0.01);
  const worth = on.cost / table.expected(on.kind);
  const rule = (mostSecondsPerLock: number, mostSeconds = 1000): StopRule => ({ mostSecondsPerLock, mostSeconds });
  expect(nextKind([on], table, rule(worth * 1.01), 0).kind).toBe('work');
  expect(nextKind([on], table, rule(worth * 0.99), 0)).toEqual({ kind: 'stop', why: 'not-worth-it' });
  expect(nextKind([on], table, rule(worth * 2), 1000)).toEqual({ kind: 'stop', why: 'budget-spent' });
  expect(nextKind([], table, untilTheEnd, 0)).toEqual({ kind: 'stop', why: 'nothing-left' });
});

test('the best of all is chosen, whatever was seen', () => {
  const prospects = fc.array(
    fc
      .record({
        unsolved: fc.integer({ min: 1, max: 2000 }),
        inVain: fc.nat(5),
        recovered: fc.nat(2),
        block: fc.nat(1),
        words: fc.constantFrom<Words>('hints', 'list'),
        cost: fc.constantFrom(0.00001, 0.001, 0.03),
      })
      .map(({ words, block, cost, ...of }): Prospect => ({ kind: kindOf(of, words, block), cost })),
    { minLength: 1 },
  );
  const seen = fc.array(fc.record({ which: fc.nat(), checks: fc.nat(100_000), solved: fc.nat(100) }));
  fc.assert(
    fc.property(prospects, seen, (waiting, observations) => {
      const table = openYieldTable(expectations);
      for (const { which, checks, solved } of observations)
        table.record(waiting[which % waiting.length]!.kind, { checks, solved });
      const found = nextKind(waiting, table, untilTheEnd, 0);
      const each = waiting.map(({ kind, cost }) => table.expected(kind) / cost);
      expect(found.kind === 'work' && found.expected).toBe(Math.max(...each));
    }),
  );
});

test('a password is broadcast when several owners had it, not because one had', () => {
  expect(worthBroadcasting({ owners: 1, ownersKnown: 1, cost: 1 }, 0)).toBe('no');
  expect(worthBroadcasting({ owners: 30, ownersKnown: 100, cost: 1 }, 0.001)).toBe('yes');
  expect(worthBroadcasting({ owners: 2, ownersKnown: 5000, cost: 1 }, 0.001)).toBe('no');
  expect(worthBroadcasting({ owners: 2, ownersKnown: 5000, cost: 0.01 }, 0.001)).toBe('yes');
});
