import { describe, expect, test } from 'vitest';
import { block, minute, noon, writeTestSegment } from '../answer/small-provider.test-support.js';
import { randomOf } from '../answer/synthetic-nat.test-support.js';
import type { Holding } from '../segment/holding.js';
import type { SegmentFacts } from '../segment/segment-header.js';
import { openSegment } from '../segment/segment-reader.js';
import { day, dayStart } from '../segment/synthetic-holdings.test-support.js';
import { readinessOf } from './readiness.js';
import { commonAssumptions, retentionOptions } from './retention-options.js';

const report = (holdings: readonly Holding[], clockErrorsMs: readonly number[], facts: Partial<SegmentFacts> = {}) => {
  const segment = openSegment(writeTestSegment(holdings, facts).path);
  const readiness = readinessOf(segment, { clockErrorsMs, moments: 2000, assumptions: commonAssumptions });
  segment.close();
  return readiness;
};

describe('a readiness report', () => {
  test('tells the share of moments with one holder, with and without port, as the clock gets worse', () => {
    // Ten minutes each, one after another, with a minute between; another block is held all the time.
    const turns = Array.from({ length: 20 }, (_, turn) => block(turn % 4, 11 * turn - 110, 11 * turn - 100));
    const always = block(9, -110, 109, { portFirst: 2000, portLast: 2255 });
    const { attributable } = report([...turns, always], [0, minute, 5 * minute]);
    const share = (port: 'given' | 'missing', clockErrorMs: number) =>
      attributable.find((one) => one.port === port && one.clockErrorMs === clockErrorMs)!;
    expect(share('given', 0)).toMatchObject({ exact: 1, qualified: 0, several: 0 });
    // Of 419 minutes held, the 219 of the long holding lose one at each end, each of the turns loses two.
    expect(share('given', minute).exact).toBeCloseTo((217 + 20 * 8) / 419, 1);
    expect(share('given', minute).several).toBe(0);
    expect(share('given', 5 * minute).several).toBeGreaterThan(0.3);
    expect(share('missing', 0).several).toBeCloseTo(400 / 419, 1);
    for (const { exact, qualified, several } of attributable) expect(exact + qualified + several).toBeCloseTo(1, 9);
  });

  test('agrees with the closed form for ports that are used again at random', () => {
    const random = randomOf(5);
    const sessions: Holding[] = [];
    const meanMs = 60_000;
    for (let port = 1024; port < 1074; port++) {
      let at = dayStart;
      while (at < day.to) {
        at += Math.ceil(-meanMs * 9 * Math.log(1 - random()));
        const to = at + Math.ceil(-meanMs * Math.log(1 - random()));
        if (to >= day.to) break;
        sessions.push(block(Math.floor(random() * 5000), 0, 0, { portFirst: port, portLast: port, from: at, to }));
        at = to;
      }
    }
    const halfMs = 120_000;
    const { attributable } = report(sessions, [halfMs]);
    // To the next session it is the rest of this one and an idle time, both exponential; to the one before likewise.
    const [end, start] = [1 / meanMs, 1 / (9 * meanMs)];
    const alone = (end * Math.exp(-start * halfMs) - start * Math.exp(-end * halfMs)) / (end - start);
    expect(Math.abs(1 - attributable[0]!.several - alone ** 2)).toBeLessThan(0.03);
  });

  test('shows hours, gaps and the share that is covered', () => {
    const gap = { kind: 'sequence-gap', exporter: 'cgn1', from: noon, to: noon + 30 * minute - 1, missing: 9 } as const;
    const skew = { records: 2, least: 10, most: 30, sum: 40 };
    const count = { allocs: 3, releases: 2, interims: 0, snapshots: 0, skew } as const;
    const coverage = [gap, { kind: 'hourly-count', exporter: 'cgn1', hour: noon, ...count }] as const;
    const readiness = report([block(1, -10, 10)], [0], { coverage: [...coverage], evidence: 'sequence' });
    expect(readiness.coverage.share).toBeCloseTo(47 / 48, 12);
    expect(readiness.coverage.gaps).toEqual([{ from: noon, to: gap.to, cause: 'sequence-gap' }]);
    expect(readiness.coverage.hours[12]).toMatchObject({
      hour: noon,
      coveredMs: 30 * minute,
      allocs: 3,
      releases: 2,
      skew: { least: 10, most: 30, mean: 20 },
    });
    expect(readiness.customersPerAddress).toEqual({ median: 1, most: 1, counts: [1] });
    expect(readiness.attributable[0]).toMatchObject({ exact: expect.closeTo(0.5, 2) as number });
    expect(readiness.attributable[0]?.hours).toEqual([
      { hour: noon - 60 * minute, moments: 1000, exact: 1 },
      { hour: noon, moments: 1000, exact: 0 },
    ]);
  });

  test('takes shares and numbers of blocks from the log itself', () => {
    // Two share an address in turns; a third has one of its own for as long.
    const shared = [block(1, -60, -30), block(2, -20, 10)];
    const own = block(3, -60, 0, { key: { kind: 'ipv4', value: 99 } });
    const { options, assumptions, attributable } = report([...shared, own], [0, 5000]);
    expect(assumptions.blocksPerSubscriberDay).toBeCloseTo(1, 6);
    const of = (name: string) => options.find(({ technology }) => technology === name)!.attributable;
    expect(of('deterministic').withoutPort).toBeCloseTo(0.5, 6);
    const five = (port: string) => attributable.find((one) => one.port === port && one.clockErrorMs === 5000)!.exact;
    expect(of('port-blocks')).toEqual({ withPort: five('given'), withoutPort: five('missing') });
  });

  test('reckons what each technology keeps: 5 MB a subscriber and day as text, next to nothing without sharing', () => {
    const options = new Map(
      retentionOptions(12, commonAssumptions, {
        kind: 'port-blocks',
        withPort: 0.9,
        withoutPort: 0.1,
        alone: 0.2,
      }).map((option) => [option.technology, option]),
    );
    expect(options.get('sessions-as-text')?.bytesPerSubscriberDay).toBe(4_950_000);
    expect(options.get('sessions')?.bytesPerSubscriberDay).toBe(396_012);
    expect(options.get('port-blocks')?.bytesPerSubscriberDay).toBeCloseTo(52.3, 1);
    expect(options.get('port-blocks')?.attributable).toEqual({ withPort: 0.9, withoutPort: 0.1 });
    expect(options.get('sessions')?.attributable).toEqual({ withPort: undefined, withoutPort: 0.2 });
    expect(options.get('deterministic')?.attributable).toEqual({ withPort: 1, withoutPort: 0.2 });
    expect(options.get('ipv6')).toMatchObject({ bytesPerSubscriberDay: 12, asks: [], connections: 'not-logged' });
  });
});
