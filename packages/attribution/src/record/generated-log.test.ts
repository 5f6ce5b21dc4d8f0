import {
  type Carrier,
  ciscoSessionLog,
  holdsOf,
  insideOf,
  junosBlockLog,
  type LogFaults,
  noFaults,
  placeOf,
  portBlockCarrier,
  sessionCarrier,
  slotAt,
  slotsOf,
} from '@tutela/testkit';
import { describe, expect, test } from 'vitest';
import { isLogRecord } from '../parse/line-reader.js';
import { logFormats } from '../parse/log-formats.js';
import { readLog } from '../parse/read-log.js';
import { inUtc } from '../parse/samples.test-support.js';
import type { CoverageFact } from './coverage-fact.js';
import type { LeaseInterval } from './interval.js';
import { openPairing } from './pairing.js';

const fromMs = Date.UTC(2026, 2, 2);
const hour = 3_600_000;
const size = { seed: 7, addresses: 2, days: 2, fromMs, firstAddress: 198 * 2 ** 24 + 18 * 2 ** 16 };
const blocks = portBlockCarrier(size);

const ingest = async (name: string, log: Iterable<Uint8Array>, heartbeatMs?: number) => {
  const pairing = openPairing({ heartbeatMs, ends: 'logged' });
  let lines = 0;
  let rejected = 0;
  for await (const batch of readLog(log, { format: logFormats.get(name)!, declaration: inUtc })) {
    for (const item of batch.items)
      if (isLogRecord(item) || item.kind === 'restart' || item.kind === 'sequence-gap') pairing.add(item);
    rejected += batch.tally.rejected;
    lines = batch.tally.lines;
  }
  pairing.end();
  expect(rejected).toBe(0);
  return { ...pairing.take(), lines };
};
const junos = (faults: Partial<LogFaults>, interimMs = 0) =>
  ingest(
    'junos-spc3',
    junosBlockLog(blocks, { host: 'bng1', interimMs, faults: { ...noFaults, ...faults } }),
    interimMs === 0 ? undefined : interimMs,
  );

/** Whole seconds, as the log keeps them. */
const whole = (at: number): number => Math.floor(at / 1000) * 1000;
const key = (outside: number, port: number, inside: number, start: number): string =>
  `${outside}:${port} ${inside} ${start}`;

/** Every holding by its key, with its end. */
const truthOf = (carrier: Carrier): ReadonlyMap<string, number> => {
  const truth = new Map<string, number>();
  for (let slot = 0; slot < slotsOf(carrier); slot++) {
    const { outside, portFirst } = placeOf(carrier, slot);
    for (const hold of holdsOf(carrier.process, slot)) {
      truth.set(key(outside, portFirst, insideOf(carrier, slot, hold.customer), whole(hold.start)), hold.end);
    }
  }
  return truth;
};

/** How many intervals say that somebody held something at a time when they did not. */
const falseHoldings = (carrier: Carrier, intervals: readonly LeaseInterval[]): number => {
  let wrong = 0;
  const holds = Array.from({ length: slotsOf(carrier) }, (_, slot) => [...holdsOf(carrier.process, slot)]);
  for (const { outside, inside, startLatest, endEarliest } of intervals) {
    const slot = slotAt(carrier, outside!.ip4, outside!.portFirst);
    const middle = (startLatest + endEarliest) / 2;
    const held = holds[slot]!.some(
      (hold) =>
        insideOf(carrier, slot, hold.customer) === inside.ip4 && whole(hold.start) <= middle && hold.end >= middle,
    );
    if (!held) wrong++;
  }
  return wrong;
};

const kindsOf = (facts: readonly CoverageFact[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const fact of facts) {
    const kind = fact.kind === 'pairing-fault' ? fact.fault : fact.kind;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

describe('a generated log of port blocks', () => {
  test('without faults every holding comes back with its own ends', async () => {
    const { intervals, facts } = await junos({});
    const truth = truthOf(blocks);
    const observed = intervals.filter(
      (interval) => interval.startKind === 'observed' && interval.endKind === 'observed',
    );
    expect(observed.length).toBeGreaterThan(2000);
    const differing = observed.filter(
      ({ outside, inside, startLatest, endEarliest }) =>
        whole(truth.get(key(outside!.ip4, outside!.portFirst, inside.ip4!, startLatest)) ?? -1) !== endEarliest,
    );
    expect(differing).toEqual([]);
    // What was held when the log began has only its end, and what was held when it ended only its beginning.
    expect(
      intervals
        .filter((interval) => interval.startKind === 'unknown')
        .every((interval) => interval.startEarliest === undefined),
    ).toBe(true);
    expect(Object.keys(kindsOf(facts))).toEqual(['release-without-alloc']);
    expect(falseHoldings(blocks, intervals)).toBe(0);
  });

  test('the same seed gives the same bytes, another seed others', () => {
    const first = (seed: number): string => {
      const carrier = portBlockCarrier({ ...size, seed });
      const [piece] = junosBlockLog(carrier, { host: 'bng1', interimMs: 0, faults: noFaults });
      return Buffer.from(piece!).toString();
    };
    expect(first(7)).toBe(first(7));
    expect(first(7)).not.toBe(first(8));
  });

  test('lost releases become uncertain ends, and nobody is said to hold what they did not', async () => {
    const { intervals, facts } = await junos({ seed: 3, lostReleases: 0.05, lostAllocs: 0.02 }, 2 * hour);
    const kinds = kindsOf(facts);
    expect(kinds['alloc-over-open']).toBeGreaterThan(20);
    expect(kinds['sequence-gap']).toBeGreaterThan(50);
    const lost = intervals.filter((interval) => interval.endKind === 'inferred-next-alloc');
    expect(lost.length).toBeGreaterThan(20);
    expect(lost.every((interval) => interval.endLatest! >= interval.endEarliest)).toBe(true);
    expect(intervals.some((interval) => interval.startKind === 'inferred-interim')).toBe(true);
    expect(falseHoldings(blocks, intervals)).toBe(0);
  });

  test('a gap in the log is a gap in the numbers, and a reset closes everything', async () => {
    const gap = { from: fromMs + 10 * hour, to: fromMs + 11 * hour };
    const { intervals, facts } = await junos({ gaps: [gap], resets: [fromMs + 30 * hour] });
    expect(facts.filter((fact) => fact.kind === 'sequence-gap')).toMatchObject([
      { from: expect.closeTo(gap.from, -6) as number, to: expect.closeTo(gap.to, -6) as number },
    ]);
    expect(facts.filter((fact) => fact.kind === 'restart')).toMatchObject([{ at: fromMs + 30 * hour }]);
    const closedByReset = intervals.filter((interval) => interval.endKind === 'inferred-nas-restart');
    expect(closedByReset.length).toBeGreaterThan(300);
    expect(closedByReset.every((interval) => interval.endLatest === fromMs + 30 * hour)).toBe(true);
  });

  test('a clock that runs ahead moves every interval, and overlapping allocations are both there', async () => {
    const [straight, ahead] = [await junos({}), await junos({ skewMs: 5000 })];
    const starts = (intervals: readonly LeaseInterval[]): readonly number[] =>
      intervals.map((interval) => interval.startLatest);
    expect(starts(ahead.intervals)).toEqual(starts(straight.intervals).map((start) => start + 5000));
    const { intervals } = await junos({ seed: 5, overlaps: 0.05 });
    const doubled = intervals.length - straight.intervals.length;
    expect(doubled).toBeGreaterThan(50);
  });
});

test('a generated log of sessions: each comes back with its own ends, 200 customers to an address', async () => {
  const carrier: Carrier = { ...sessionCarrier({ ...size, addresses: 1, days: 1 }, 120_000), slotsPerAddress: 200 };
  const log = ciscoSessionLog(carrier, { host: 'cgn1', interimMs: 0, faults: noFaults, proto: 6 });
  const { intervals } = await ingest('cisco-ios-xe', log);
  const observed = intervals.filter((interval) => interval.startKind === 'observed' && interval.endKind === 'observed');
  // 51 sessions a port and day: 16,500 connections of 200 customers over 64,512 ports.
  expect(observed.length / 200).toBeGreaterThan(45);
  expect(observed.length / 200).toBeLessThan(57);
  expect(new Set(observed.map((interval) => interval.inside.ip4)).size).toBe(200);
  expect(falseHoldings(carrier, intervals)).toBe(0);
});
