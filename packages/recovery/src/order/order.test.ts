import fc from 'fast-check';
import { expect, test } from 'vitest';
import { worthBroadcasting } from './broadcast.js';
import { nextKind } from './next-kind.js';
import { type Kind, kindOf } from './owner-group.js';
import { describeStopRule, type StopRule } from './stop-rule.js';
import { type Expectations, openYieldTable } from './yield-table.js';

const expectations: Expectations = { inList: 0.5, reuse: 0.5, hitShare: [0.6, 0.4], blockWords: 100 };
const untilTheEnd: StopRule = { mostChecksPerLock: Number.POSITIVE_INFINITY, mostChecks: Number.POSITIVE_INFINITY };
const group = { unsolved: 1, exhausted: 0, recovered: 0, block: 0 };
const onlyKind = (next: ReturnType<typeof nextKind>): Kind | undefined => (next.kind === 'work' ? next.on : undefined);

test('an owner of many locks comes before an owner of one', () => {
  const [large, small] = [kindOf({ ...group, unsolved: 200 }), kindOf(group)];
  expect(onlyKind(nextKind([small, large], openYieldTable(expectations), untilTheEnd, 0))).toBe(large);
});

test('after an exemplar without a hit its owner comes later', () => {
  const [fresh, exhausted] = [kindOf({ ...group, unsolved: 50 }), kindOf({ ...group, unsolved: 50, exhausted: 1 })];
  expect(onlyKind(nextKind([exhausted, fresh], openYieldTable(expectations), untilTheEnd, 0))).toBe(fresh);
});

test('what is seen outweighs what was expected', () => {
  const [large, small] = [kindOf({ ...group, unsolved: 200 }), kindOf(group)];
  const table = openYieldTable(expectations);
  table.record(large, { checks: 1_000_000, solved: 0 });
  expect(onlyKind(nextKind([small, large], table, untilTheEnd, 0))).toBe(small);
  const again = openYieldTable(expectations, JSON.parse(JSON.stringify(table.toJson())));
  expect(again.expected(large)).toBe(table.expected(large));
});

test('guessing ends by its written rule, and not before', () => {
  const table = openYieldTable(expectations);
  const kind = kindOf(group);
  const worth = 1 / table.expected(kind);
  const rule = (mostChecksPerLock: number, mostChecks = 1000): StopRule => ({ mostChecksPerLock, mostChecks });
  expect(nextKind([kind], table, rule(worth * 1.01), 0).kind).toBe('work');
  expect(nextKind([kind], table, rule(worth * 0.99), 0)).toEqual({ kind: 'stop', why: 'not-worth-it' });
  expect(nextKind([kind], table, rule(worth * 2), 1000)).toEqual({ kind: 'stop', why: 'budget-spent' });
  expect(nextKind([], table, untilTheEnd, 0)).toEqual({ kind: 'stop', why: 'nothing-left' });
  expect(describeStopRule(rule(100_000, 5_000_000))).toContain('100,000 checks');
});

test('the best of all kinds is chosen, whatever was seen', () => {
  const kinds = fc.array(
    fc.record({
      unsolved: fc.integer({ min: 1, max: 2000 }),
      exhausted: fc.nat(5),
      recovered: fc.nat(2),
      block: fc.nat(1),
    }),
    { minLength: 1 },
  );
  const seen = fc.array(fc.record({ which: fc.nat(), checks: fc.nat(100_000), solved: fc.nat(100) }));
  fc.assert(
    fc.property(kinds, seen, (groups, observations) => {
      const waiting = groups.map(kindOf);
      const table = openYieldTable(expectations);
      for (const { which, checks, solved } of observations)
        table.record(waiting[which % waiting.length]!, { checks, solved });
      const next = nextKind(waiting, table, untilTheEnd, 0);
      expect(next.kind === 'work' && next.expected).toBe(Math.max(...waiting.map(table.expected)));
    }),
  );
});

test('a password is broadcast when several owners had it, not because one had', () => {
  expect(worthBroadcasting({ owners: 1, ownersKnown: 1 }, 0)).toBe('no');
  expect(worthBroadcasting({ owners: 30, ownersKnown: 100 }, 0.001)).toBe('yes');
  expect(worthBroadcasting({ owners: 2, ownersKnown: 5000 }, 0.001)).toBe('no');
});
