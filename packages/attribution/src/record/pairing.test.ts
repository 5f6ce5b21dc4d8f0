import { describe, expect, test } from 'vitest';
import { ipv6Prefix, parseIpv6 } from '../observation/ipv6.js';
import { logFormats } from '../parse/log-formats.js';
import { inUtc, readAll } from '../parse/samples.test-support.js';
import { compareRecords } from './compare-records.js';
import type { CoverageFact } from './coverage-fact.js';
import type { LeaseInterval } from './interval.js';
import type { LogRecord } from './log-record.js';
import { openPairing, type PairingSettings } from './pairing.js';

const logged: PairingSettings = { heartbeatMs: undefined, ends: 'logged' };
const block: LogRecord = {
  exporter: 'bng1',
  natInstance: 'cgn-a',
  kind: 'block',
  event: 'alloc',
  proto: '*',
  inside: { ip4: 1, ip6: undefined, vrf: undefined, tunnel: undefined },
  outside: { ip4: 3_405_803_785, portFirst: 20_480, portLast: 20_991, prefix: undefined },
  dest: undefined,
  tDevice: 0,
  tReceived: undefined,
  tzSource: 'epoch',
  precisionMs: 1000,
  tStart: undefined,
  tExpiry: undefined,
  subscriber: undefined,
  qualifiers: [],
  raw: { offset: 0, length: 1, line: 1 },
  parser: 'test@1',
};
const at = (tDevice: number, event: LogRecord['event'], holder: number, more: Partial<LogRecord> = {}): LogRecord => ({
  ...block,
  tDevice,
  event,
  inside: { ...block.inside, ip4: holder },
  ...more,
});
const pair = (
  items: readonly (LogRecord | CoverageFact)[],
  settings = logged,
): {
  readonly intervals: readonly LeaseInterval[];
  readonly faults: readonly string[];
  readonly facts: readonly CoverageFact[];
} => {
  const pairing = openPairing(settings);
  for (const item of items) pairing.add(item);
  pairing.end();
  const { intervals, facts } = pairing.take();
  return { intervals, facts, faults: facts.flatMap((fact) => (fact.kind === 'pairing-fault' ? [fact.fault] : [])) };
};
/** `holder startEarliest..startLatest startKind endEarliest..endLatest endKind` */
const shortly = ({
  inside,
  startEarliest,
  startLatest,
  startKind,
  endEarliest,
  endLatest,
  endKind,
}: LeaseInterval): string =>
  `${inside.ip4} ${startEarliest}..${startLatest} ${startKind} ${endEarliest}..${endLatest} ${endKind}`;

describe('events of one block', () => {
  test('an allocation and its release are an interval with both ends observed', () => {
    const { intervals, faults } = pair([
      at(10, 'alloc', 1),
      at(20, 'release', 1),
      at(25, 'alloc', 2),
      at(30, 'release', 2),
    ]);
    expect(intervals.map(shortly)).toEqual(['1 10..10 observed 20..20 observed', '2 25..25 observed 30..30 observed']);
    expect(faults).toEqual([]);
  });

  test('§7.6 an interim rebuilds a lost allocation', () => {
    const { intervals, faults } = pair([at(40, 'interim', 1, { tStart: 10 }), at(50, 'release', 1)]);
    expect(intervals.map(shortly)).toEqual(['1 10..10 inferred-interim 50..50 observed']);
    expect(intervals[0]?.qualifiers).toEqual(['START_INFERRED_INTERIM']);
    expect(faults).toEqual(['interim-without-alloc']);
  });

  test('a lost release ends somewhere between the last sign of life and the next allocation', () => {
    const { intervals, faults } = pair([
      at(10, 'alloc', 1),
      at(30, 'interim', 1),
      at(60, 'alloc', 2),
      at(70, 'release', 2),
    ]);
    expect(intervals.map(shortly)).toEqual([
      '2 60..60 observed 70..70 observed',
      '1 10..10 observed 30..60 inferred-next-alloc',
    ]);
    expect(faults).toEqual(['alloc-over-open']);
  });

  test('two customers who truly held the same block both get their interval', () => {
    const { intervals } = pair([at(10, 'alloc', 1), at(20, 'alloc', 2), at(30, 'release', 1), at(40, 'release', 2)]);
    expect(intervals.map(shortly)).toEqual(['1 10..10 observed 30..30 observed', '2 20..20 observed 40..40 observed']);
  });

  test('who is given a block once more, after two lost releases, is not said to have held it all along', () => {
    const { intervals } = pair([at(10, 'alloc', 1), at(20, 'alloc', 2), at(30, 'alloc', 1), at(40, 'release', 1)]);
    expect(intervals.map(shortly)).toEqual([
      '1 10..10 observed 10..20 inferred-next-alloc',
      '1 30..30 observed 40..40 observed',
      '2 20..20 observed 20..30 inferred-next-alloc',
    ]);
  });

  test('a sign of life after another was given the same shows that both hold it', () => {
    const { intervals } = pair([at(10, 'alloc', 1), at(20, 'alloc', 2), at(30, 'interim', 1), at(40, 'release', 2)]);
    expect(intervals.map(shortly)).toEqual([
      '2 20..20 observed 40..40 observed',
      '1 10..10 observed 30..40 inferred-next-alloc',
    ]);
  });

  test('a release without allocation began after the block was last free', () => {
    const { intervals, faults } = pair([at(10, 'alloc', 1), at(20, 'release', 1), at(50, 'release', 2)]);
    expect(intervals.map(shortly)).toEqual(['1 10..10 observed 20..20 observed', '2 20..50 unknown 50..50 observed']);
    expect(faults).toEqual(['release-without-alloc']);
  });

  test('what never ended is open, from its last sign of life on', () => {
    expect(pair([at(10, 'alloc', 1), at(30, 'interim', 1)]).intervals.map(shortly)).toEqual([
      '1 10..10 observed 30..undefined open',
    ]);
  });

  test('§7.6 a restart closes what was open, inferred', () => {
    const restart: CoverageFact = {
      kind: 'restart',
      exporter: 'bng1',
      natInstance: 'cgn-a',
      at: 40,
      cause: 'accounting-on',
    };
    const { intervals } = pair([at(10, 'alloc', 1), at(30, 'interim', 1), restart, at(60, 'alloc', 2)]);
    expect(intervals.map(shortly)).toEqual([
      '1 10..10 observed 30..40 inferred-nas-restart',
      '2 60..60 observed 60..undefined open',
    ]);
    expect(intervals[0]?.qualifiers).toEqual(['END_INFERRED_NAS_RESTART']);
    const elsewhere = pair([at(10, 'alloc', 1), { ...restart, natInstance: 'b' }, at(50, 'release', 1)]);
    expect(elsewhere.intervals.map(shortly)).toEqual(['1 10..10 observed 50..50 observed']);
  });

  test('signs of life that did not come are a fact', () => {
    const { facts } = pair([at(10, 'alloc', 1), at(20, 'interim', 1), at(90, 'release', 1)], {
      heartbeatMs: 10,
      ends: 'logged',
    });
    expect(facts).toEqual([
      { kind: 'heartbeat-missing', exporter: 'bng1', natInstance: 'cgn-a', everyMs: 10, from: 20, to: 90 },
    ]);
  });

  test('sorted, the same events in any order and any number of copies give the same intervals', () => {
    const events = [
      at(10, 'alloc', 1),
      at(20, 'release', 1),
      at(20, 'alloc', 2),
      at(30, 'release', 2),
      at(30, 'alloc', 3),
      at(30, 'release', 3),
      at(30, 'alloc', 4),
      at(45, 'release', 4),
    ];
    const want = pair([...events].sort(compareRecords)).intervals.map(shortly);
    expect(want).toContain('3 30..30 observed 30..30 observed');
    expect(want.length).toBe(4);
    for (let turn = 1; turn < events.length; turn++) {
      const turned = [...events.slice(turn), ...events.slice(0, turn), ...events].sort(compareRecords);
      expect(pair(turned).intervals.map(shortly)).toEqual(want);
    }
  });
});

describe('sessions and leases', () => {
  const session = {
    kind: 'session',
    proto: 6,
    outside: { ip4: 9, portFirst: 51_514, portLast: 51_514, prefix: undefined },
  } as const;
  const to = (ip4: number) => ({ ...session, dest: { ip4, ip6: undefined, port: 443 } });

  test('§7.7 one port serves two customers at once towards different destinations, and both are kept', () => {
    const { intervals, faults } = pair([
      at(10, 'alloc', 1, to(80)),
      at(11, 'alloc', 2, to(81)),
      at(20, 'release', 1, to(80)),
      at(21, 'release', 2, to(81)),
    ]);
    expect(intervals.map(shortly)).toEqual(['1 10..10 observed 20..20 observed', '2 11..11 observed 21..21 observed']);
    expect(faults).toEqual([]);
  });

  test('a device that logs only beginnings: the end is before the next beginning, and no later than anything lasts', () => {
    const { intervals, faults } = pair(
      [at(10, 'alloc', 1, to(80)), at(20, 'alloc', 2, to(80)), at(500, 'alloc', 3, to(80))],
      { heartbeatMs: undefined, ends: { longestMs: 100 } },
    );
    expect(intervals.map(shortly)).toEqual([
      '1 10..10 observed 10..20 not-logged',
      '2 20..20 observed 20..120 not-logged',
      '3 500..500 observed 500..600 not-logged',
    ]);
    expect(faults).toEqual([]);
  });

  const lease = (hardware: string, tExpiry?: number) =>
    ({
      kind: 'lease',
      outside: undefined,
      inside: { ...block.inside, ip4: 7 },
      subscriber: { hardware },
      tExpiry,
    }) as const;
  const holderOf = ({ subscriber, startLatest, endEarliest, endLatest, endKind }: LeaseInterval): string =>
    `${subscriber?.hardware} ${startLatest} ${endEarliest}..${endLatest} ${endKind}`;

  test('a renewal goes on; a lease that ran out ended at its expiry, inferred', () => {
    const events = [
      at(10, 'alloc', 7, lease('a', 110)),
      at(60, 'alloc', 7, lease('a', 160)),
      at(300, 'alloc', 7, lease('b', 400)),
      at(350, 'release', 7, lease('b')),
    ];
    const { intervals } = pair(events);
    expect(intervals.map(holderOf)).toEqual(['a 10 160..160 inferred-lease-expiry', 'b 300 350..350 observed']);
    expect(intervals[0]?.qualifiers).toEqual(['END_INFERRED_LEASE_EXPIRY']);
  });

  test('a lease given to another before it ran out had ended somewhere before', () => {
    const { intervals } = pair([
      at(10, 'alloc', 7, lease('a', 110)),
      at(60, 'alloc', 7, lease('b', 160)),
      at(70, 'release', 7, lease('b')),
    ]);
    expect(intervals.map(holderOf)).toEqual(['b 60 70..70 observed', 'a 10 10..60 inferred-next-alloc']);
  });

  test('a delegated prefix that the server deleted without a time ended between its renewal and its expiry', () => {
    const inside = {
      ip4: undefined,
      ip6: ipv6Prefix(parseIpv6('2001:db8:12:3400::')!, 56),
      vrf: undefined,
      tunnel: undefined,
    };
    const pd = { kind: 'pd', outside: undefined, inside, subscriber: { duid: '1', iaid: '1' } } as const;
    const { intervals } = pair([
      at(10, 'alloc', 0, { ...pd, tExpiry: 110 }),
      at(10.5, 'release', 0, { ...pd, qualifiers: ['END_INFERRED_LEASE_EXPIRY'] }),
    ]);
    expect(intervals.map(({ endEarliest, endLatest, endKind }) => [endEarliest, endLatest, endKind])).toEqual([
      [10.5, 110, 'inferred-lease-expiry'],
    ]);
  });

  test('RFC 8045: a deallocation without a range ends all ports of that customer', () => {
    const parts = { subscriber: { account: 'u' } };
    const second = { ...parts, outside: { ...block.outside!, portFirst: 30_000, portLast: 30_511 } };
    const all = at(50, 'release', 1, { ...parts, outside: { ...block.outside!, portFirst: 0, portLast: 65_535 } });
    const { intervals } = pair([
      at(10, 'alloc', 1, parts),
      at(20, 'alloc', 1, second),
      at(30, 'alloc', 2, { ...parts, outside: { ...block.outside!, portFirst: 40_000, portLast: 40_511 } }),
      all,
    ]);
    expect(intervals.map(shortly)).toEqual([
      '1 10..10 observed 50..50 observed',
      '1 20..20 observed 50..50 observed',
      '2 30..30 observed 30..undefined open',
    ]);
  });
});

test('§7.6 Accounting-On in a detail file closes the sessions of that server with an inferred end', async () => {
  const stanza = (lines: readonly string[]): string =>
    `Mon Mar  2 15:04:05 2026\n${lines.map((line) => `\t${line}\n`).join('')}\n`;
  const start = (id: string, nas: string, address: string): string =>
    stanza([
      'Acct-Status-Type = Start',
      `Acct-Session-Id = "${id}"`,
      `NAS-IP-Address = ${nas}`,
      `Framed-IP-Address = ${address}`,
      'Event-Timestamp = "Mar  2 2026 18:04:05 UTC"',
    ]);
  const on = stanza([
    'Acct-Status-Type = Accounting-On',
    'NAS-IP-Address = 192.0.2.10',
    'Event-Timestamp = "Mar  2 2026 19:00:00 UTC"',
  ]);
  const bytes = Buffer.from(start('a', '192.0.2.10', '100.64.7.21') + start('b', '192.0.2.11', '100.64.7.22') + on);
  const { items } = await readAll(logFormats.get('freeradius-detail')!, bytes, { declaration: inUtc });
  const { intervals } = pair(items);
  expect(intervals.map(({ subscriber, endKind, endLatest }) => [subscriber?.sessionId, endKind, endLatest])).toEqual([
    ['a', 'inferred-nas-restart', Date.UTC(2026, 2, 2, 19)],
    ['b', 'open', undefined],
  ]);
});
