import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIpv4, parseIpv4 } from '../observation/ipv4.js';
import { formatIpv6, formatIpv6Prefix, parseIpv6, parseIpv6Prefix } from '../observation/ipv6.js';
import type { AssignedHolder, Assignment } from './assigned.js';
import { bindingTableAssignment } from './binding-table.js';
import { dsLiteDefaultMask, embeddedIpv4, embedIpv4, subscriberPrefix } from './ipv6-holder.js';
import { junosAssignment } from './junos-deterministic.js';
import { mapAssignment, mapCeAddress } from './map.js';
import { gmaPsid, psidOf, psidRanges } from './port-set.js';
import { readRouterOsExport } from './routeros-export.js';
import { type AssignmentRule, makeRuleSet, rulesDuring, type TestVector, verifyRule } from './rule-set.js';
import { type SequentialRule, sequentialAssignment } from './sequential.js';
import { staticPortsAssignment } from './static-ports.js';

interface RfcVectors {
  readonly rfc7422: readonly {
    readonly port: number;
    readonly holder: string;
    readonly first?: number;
    readonly last?: number;
  }[];
  readonly junos: readonly {
    readonly inside: string;
    readonly outside: string;
    readonly first: number;
    readonly port: number;
  }[];
  readonly map: readonly {
    readonly ip4: string;
    readonly port: number;
    readonly psid: number;
    readonly prefix: string;
    readonly ce: string;
    readonly ports: number;
    readonly ranges: number;
  }[];
  readonly nat64: readonly { readonly prefix: string; readonly ip4: string; readonly ip6: string }[];
}
const vectors = JSON.parse(readFileSync(new URL('../../vectors/assign.json', import.meta.url), 'utf8')) as RfcVectors;

const ip4 = (text: string): number => parseIpv4(text)!;
const prefix6 = (text: string) => parseIpv6Prefix(text)!;
const made = <T>(outcome: { readonly kind: string; readonly value?: T }): T => {
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value as T;
};
const nameOf = (assignment: Assignment, outside: number, port: number): string => {
  const holder = assignment.holderOf(outside, port);
  if (holder.kind !== 'done') return holder.reason.code;
  return holder.value.kind === 'inside-ip4' ? formatIpv4(holder.value.ip4) : formatIpv6Prefix(holder.value.prefix);
};

const example7422: SequentialRule = {
  kind: 'rfc7422',
  insideNetwork: { first: ip4('198.51.100.0'), length: 28 },
  boundaries: 'excluded',
  outsideFirst: ip4('192.0.2.1'),
  outsideCount: 1,
  dynamicFactor: 2,
  algorithm: 0,
  reserved: [[0, 1023]],
};
const junosExample = {
  kind: 'junos-deterministic',
  insideFirst: ip4('10.1.0.1'),
  insideCount: 65_534,
  outsideFirst: ip4('32.32.32.1'),
  outsideCount: 254,
  blockSize: 249,
} as const;
const mapExample = {
  kind: 'map-e',
  ip6: prefix6('2001:db8::/40'),
  ip4: { version: 4, value: ip4('192.0.2.0'), length: 24 },
  eaLength: 16,
  psidOffset: 6,
} as const;

/** Every port of an address is in the ranges of whoever it belongs to, and in nobody else's. */
const holdsBothWays = (assignment: Assignment, outside: number): number => {
  /** The number of the holder by their ranges, counted from 1. */
  const owners = new Uint16Array(65_536);
  const numbers = new Map<string, number>();
  let held = 0;
  for (let port = 0; port < 65_536; port++) {
    const holder = assignment.holderOf(outside, port);
    if (holder.kind !== 'done') {
      if (owners[port] !== 0) throw new Error(`port ${port} is in a range and belongs to nobody`);
      continue;
    }
    const key = keyOf(holder.value);
    if (!numbers.has(key)) {
      numbers.set(key, numbers.size + 1);
      for (const range of made(assignment.rangesOf(holder.value))) {
        if (range.ip4 !== outside) continue;
        if (owners.subarray(range.portFirst, range.portLast + 1).some((owner) => owner !== 0)) {
          throw new Error(`two have a port of ${range.portFirst}–${range.portLast}`);
        }
        owners.fill(numbers.get(key)!, range.portFirst, range.portLast + 1);
      }
    }
    if (owners[port] !== numbers.get(key)) throw new Error(`port ${port} is not among those of ${key}`);
    held++;
  }
  return held;
};
const keyOf = (holder: AssignedHolder): string =>
  holder.kind === 'inside-ip4' ? String(holder.ip4) : `${holder.prefix.value}/${holder.prefix.length}`;

describe('§7.1 deterministic NAT', () => {
  test('§7.1 the example of RFC 7422 comes out exactly', () => {
    const assignment = made(sequentialAssignment(example7422));
    for (const { port, holder, first, last } of vectors.rfc7422) {
      expect(nameOf(assignment, ip4('192.0.2.1'), port)).toBe(holder);
      if (first === undefined) continue;
      expect(assignment.rangesOf({ kind: 'inside-ip4', ip4: ip4(holder) })).toMatchObject({
        value: [{ portFirst: first, portLast: last }],
      });
    }
    expect(holdsBothWays(assignment, ip4('192.0.2.1'))).toBe(14 * 4032);
  });

  test('§7.1 14 against 16 customers differs from what the device says, and the rule is not enabled', () => {
    const vector: TestVector = {
      outside: ip4('192.0.2.1'),
      port: 5056,
      holder: { kind: 'inside-ip4', ip4: ip4('198.51.100.2') },
    };
    expect(verifyRule(example7422, [vector]).kind).toBe('done');
    expect(verifyRule({ ...example7422, boundaries: 'included' }, [vector])).toMatchObject({
      reason: { code: 'TEST_VECTOR_DIFFERS' },
    });
    expect(verifyRule(example7422, [])).toMatchObject({ reason: { code: 'TEST_VECTOR_MISSING' } });
  });

  test('§7.1 A = 1 is refused', () => {
    expect(sequentialAssignment({ ...example7422, algorithm: 1 })).toMatchObject({
      kind: 'refused',
      reason: { code: 'RULE_UNSUPPORTED' },
    });
  });

  test('reserved ports that do not touch break a share into ranges, and belong to nobody', () => {
    const assignment = made(
      sequentialAssignment({
        ...example7422,
        reserved: [
          [0, 1023],
          [5004, 5004],
          [5060, 5060],
        ],
      }),
    );
    expect(nameOf(assignment, ip4('192.0.2.1'), 5004)).toBe('RESERVED_PORT');
    expect(
      made(assignment.rangesOf({ kind: 'inside-ip4', ip4: ip4('198.51.100.1') })).map((range) => [
        range.portFirst,
        range.portLast,
      ]),
    ).toEqual([
      [1024, 5003],
      [5005, 5055],
    ]);
    expect(holdsBothWays(assignment, ip4('192.0.2.1'))).toBe(14 * 4031);
  });

  test('whatever the parameters, every port agrees both ways', () => {
    const parameters = fc.record({
      length: fc.integer({ min: 22, max: 30 }),
      outsideCount: fc.integer({ min: 1, max: 5 }),
      dynamicFactor: fc.integer({ min: 0, max: 4 }),
      boundaries: fc.constantFrom('excluded' as const, 'included' as const),
      reserved: fc.array(
        fc.tuple(fc.nat(65_535), fc.nat(300)).map(([first, more]) => [first, Math.min(65_535, first + more)] as const),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(parameters, ({ length, ...rest }) => {
        const rule = { ...example7422, insideNetwork: { first: ip4('100.64.0.0'), length }, ...rest };
        const assignment = sequentialAssignment(rule);
        if (assignment.kind !== 'done') return;
        for (let at = 0; at < rest.outsideCount; at++) holdsBothWays(assignment.value, rule.outsideFirst + at);
      }),
      { numRuns: 12 },
    );
  });

  test("§7.1 Junos' variant: its example, and all 65,534 addresses at both ends of their block", () => {
    const assignment = made(junosAssignment(junosExample));
    for (const { inside, outside, first, port } of vectors.junos) {
      expect(assignment.rangesOf({ kind: 'inside-ip4', ip4: ip4(inside) })).toMatchObject({
        value: [{ ip4: ip4(outside), portFirst: first }],
      });
      expect(nameOf(assignment, ip4(outside), port)).toBe(inside);
    }
    for (let number = 0; number < junosExample.insideCount; number++) {
      const inside = junosExample.insideFirst + number;
      const [range] = made(assignment.rangesOf({ kind: 'inside-ip4', ip4: inside }));
      for (const port of [range!.portFirst, range!.portLast]) {
        const holder = assignment.holderOf(range!.ip4, port);
        if (holder.kind !== 'done' || holder.value.kind !== 'inside-ip4' || holder.value.ip4 !== inside)
          throw new Error(formatIpv4(inside));
      }
    }
    expect(nameOf(assignment, ip4('32.32.32.1'), 65_515)).toBe('ADDRESS_NOT_OURS');
    expect(nameOf(assignment, ip4('32.32.32.1'), 1023)).toBe('RESERVED_PORT');
  });
});

describe('§7.1 MAP', () => {
  test('§7.1 example 1 of RFC 7597 comes out exactly', () => {
    const assignment = made(mapAssignment(mapExample));
    for (const vector of vectors.map) {
      expect(psidOf(vector.port, 6, 8)).toBe(vector.psid);
      expect(nameOf(assignment, ip4(vector.ip4), vector.port)).toBe(vector.prefix);
      expect(formatIpv6(mapCeAddress(prefix6(vector.prefix), ip4(vector.ip4), vector.psid))).toBe(vector.ce);
      const ranges = made(assignment.rangesOf({ kind: 'ip6', prefix: prefix6(vector.prefix) }));
      expect(ranges.length).toBe(vector.ranges);
      expect(ranges.reduce((sum, range) => sum + range.portLast - range.portFirst + 1, 0)).toBe(vector.ports);
      expect([ranges[0], ranges[1], ranges.at(-1)].map((range) => [range!.portFirst, range!.portLast])).toEqual([
        [1232, 1235],
        [2256, 2259],
        [64_720, 64_723],
      ]);
    }
  });

  test('§7.2 a port below 2^(16−a) cannot be genuine', () => {
    const assignment = made(mapAssignment(mapExample));
    expect(nameOf(assignment, ip4('192.0.2.18'), 1023)).toBe('EXCLUDED_PORT');
    expect(nameOf(assignment, ip4('192.0.2.18'), 1024)).not.toBe('EXCLUDED_PORT');
    const wide = made(mapAssignment({ ...mapExample, psidOffset: 4 }));
    expect(nameOf(wide, ip4('192.0.2.18'), 4095)).toBe('EXCLUDED_PORT');
    expect(nameOf(assignment, ip4('192.0.3.18'), 5000)).toBe('ADDRESS_NOT_OURS');
  });

  test('the bit form and the generalised modulus agree for all 64,512 ports', () => {
    for (let port = 1024; port < 65_536; port++) {
      if (psidOf(port, 6, 8) !== gmaPsid(port, 256, 4)) throw new Error(String(port));
    }
    expect(psidOf(1023, 6, 8)).toBe('excluded');
  });

  test('whatever the offset and length, the sets share no port and all ports agree both ways', () => {
    const shapes = fc
      .integer({ min: 0, max: 6 })
      .chain((offset) => fc.tuple(fc.constant(offset), fc.integer({ min: 0, max: 8 })));
    fc.assert(
      fc.property(shapes, ([offset, length]) => {
        const rule = { ...mapExample, psidOffset: offset, eaLength: 8 + length };
        const held = holdsBothWays(made(mapAssignment(rule)), ip4('192.0.2.18'));
        expect(held).toBe(offset === 0 ? 65_536 : 65_536 - 2 ** (16 - offset));
        expect(psidRanges(0, offset, length).length).toBe(offset === 0 ? 1 : 2 ** offset - 1);
      }),
      { numRuns: 12 },
    );
  });

  test('with fewer EA bits than suffix bits a customer has a prefix of addresses', () => {
    const assignment = made(mapAssignment({ ...mapExample, eaLength: 4 }));
    expect(nameOf(assignment, ip4('192.0.2.18'), 5000)).toBe(nameOf(assignment, ip4('192.0.2.31'), 60_000));
    expect(
      made(assignment.rangesOf({ kind: 'ip6', prefix: prefix6('2001:db8:10::/44') }))
        .filter((range) => range.portFirst === 1024)
        .map((range) => formatIpv4(range.ip4))
        .slice(0, 2),
    ).toEqual(['192.0.2.16', '192.0.2.17']);
  });

  test('without EA bits the rule says where the port set is kept', () => {
    expect(mapAssignment({ ...mapExample, eaLength: 0 })).toMatchObject({ reason: { code: 'RULE_UNSUPPORTED' } });
  });
});

describe('tables', () => {
  const row = (psid: number) => ({
    softwire: prefix6(`2001:db8::${psid + 1}`),
    ip4: ip4('192.0.2.9'),
    psid,
    psidLength: 4,
    psidOffset: 0,
  });
  test('a binding table of lw4o6 answers both ways, and two rows with one port refuse it', () => {
    const assignment = made(bindingTableAssignment({ kind: 'lw4o6', rows: [0, 1, 15].map(row) }));
    expect(nameOf(assignment, ip4('192.0.2.9'), 4096)).toBe('2001:db8::2/128');
    expect(nameOf(assignment, ip4('192.0.2.9'), 8192)).toBe('ADDRESS_NOT_OURS');
    expect(holdsBothWays(assignment, ip4('192.0.2.9'))).toBe(3 * 4096);
    expect(
      bindingTableAssignment({ kind: 'lw4o6', rows: [row(1), { ...row(0), psid: 0, psidLength: 3 }] }),
    ).toMatchObject({ kind: 'refused' });
  });

  test('the netmap rules of a RouterOS export are a table of ports', () => {
    const text = [
      '# 2026-03-02 18:04:05 by RouterOS 7.14',
      '/ip firewall nat',
      'add action=netmap chain=srcnat comment="cgn a" protocol=tcp src-address=100.64.7.21 \\',
      '    to-addresses=203.0.113.9 to-ports=20480-20991',
      'add action=netmap chain=srcnat protocol=udp src-address=100.64.7.21 to-addresses=203.0.113.9 to-ports=20480-20991',
      'add action=src-nat chain=srcnat protocol=tcp src-address=100.64.7.22 to-addresses=203.0.113.9 to-ports=20992-21503',
      'add action=dst-nat chain=dstnat dst-port=80 to-addresses=10.0.0.2',
      '/ip firewall filter',
      'add action=accept chain=forward',
    ].join('\n');
    const rule = made(readRouterOsExport(text));
    expect(rule.rows.length).toBe(2);
    const assignment = made(staticPortsAssignment(rule));
    expect(nameOf(assignment, ip4('203.0.113.9'), 20_992)).toBe('100.64.7.22');
    expect(holdsBothWays(assignment, ip4('203.0.113.9'))).toBe(1024);
    expect(readRouterOsExport(text.replace('100.64.7.22', '100.64.7.0/24'))).toMatchObject({ kind: 'refused' });
    expect(staticPortsAssignment({ ...rule, rows: [...rule.rows, { ...rule.rows[0]!, inside: 1 }] })).toMatchObject({
      kind: 'refused',
    });
  });

  test('§7.2 a DS-Lite tunnel end leads to the prefix by the subscriber mask', () => {
    expect(formatIpv6Prefix(subscriberPrefix(parseIpv6('2001:db8:12:3401::1')!, dsLiteDefaultMask))).toBe(
      '2001:db8:12:3400::/56',
    );
    expect(formatIpv6Prefix(subscriberPrefix(parseIpv6('2001:db8:12:3401::1')!, 60))).toBe('2001:db8:12:3400::/60');
  });

  test("NAT64 addresses of RFC 6052's table read and write", () => {
    for (const { prefix, ip4: four, ip6 } of vectors.nat64) {
      expect(formatIpv6(embedIpv4(prefix6(prefix), ip4(four))!)).toBe(ip6);
      expect(embeddedIpv4(prefix6(prefix), parseIpv6(ip6)!)).toBe(ip4(four));
    }
    fc.assert(
      fc.property(
        fc.nat(0xffffffff),
        fc.constantFrom(...vectors.nat64.map(({ prefix }) => prefix6(prefix))),
        (value, prefix) => {
          expect(embeddedIpv4(prefix, embedIpv4(prefix, value)!)).toBe(value);
        },
      ),
    );
  });
});

describe('rule sets', () => {
  const verified = (rule: AssignmentRule, port: number, holder: AssignedHolder) =>
    made(verifyRule(rule, [{ outside: ip4('192.0.2.1'), port, holder }]));
  const before = verified(example7422, 5056, { kind: 'inside-ip4', ip4: ip4('198.51.100.2') });
  const after = verified({ ...example7422, boundaries: 'included' }, 5056, {
    kind: 'inside-ip4',
    ip4: ip4('198.51.100.1'),
  });

  test('a window over a change of configuration gets both rules, one outside all versions none', () => {
    const set = made(
      makeRuleSet('a', [
        { from: 1000, to: undefined, rule: after },
        { from: 0, to: 1000, rule: before },
      ]),
    );
    expect(rulesDuring(set, 10, 20)).toMatchObject({ value: [before] });
    expect(rulesDuring(set, 990, 1000)).toMatchObject({ value: [before, after] });
    expect(rulesDuring(set, -5, 20)).toMatchObject({ kind: 'undecidable', reason: { code: 'RULESET_UNVERSIONED' } });
    const gap = made(
      makeRuleSet('a', [
        { from: 0, to: 900, rule: before },
        { from: 1000, to: 2000, rule: after },
      ]),
    );
    expect(rulesDuring(gap, 800, 1100).kind).toBe('undecidable');
    expect(rulesDuring(gap, 1500, 2000).kind).toBe('undecidable');
    expect(
      makeRuleSet('a', [
        { from: 0, to: 1001, rule: before },
        { from: 1000, to: undefined, rule: after },
      ]),
    ).toMatchObject({ kind: 'refused' });
  });
});
