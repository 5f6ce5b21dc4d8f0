import { describe, expect, test } from 'vitest';
import { evaluate } from '../answer/evaluate.js';
import { block, logOf, minute, noon, observed, tags } from '../answer/small-provider.test-support.js';
import type { AssignmentRule, TestVector } from '../assign/rule-set.js';
import { makeRuleSet, verifyRule } from '../assign/rule-set.js';
import type { Ipv6Prefix } from '../observation/ip-address.js';
import { ipv4Address, parseIpv4 } from '../observation/ipv4.js';
import { parseIpv6Prefix } from '../observation/ipv6.js';
import type { Holding } from '../segment/holding.js';
import type { HolderSource } from './holder-source.js';
import { ruleSource } from './rule-source.js';

const outside = parseIpv4('192.0.2.0')!;
const pools = [{ version: 4, value: outside, length: 24 }] as const;

const sourceOf = (rule: AssignmentRule, vector: TestVector, from = 0, to?: number): HolderSource => {
  const verified = verifyRule(rule, [vector]);
  if (verified.kind !== 'done') throw new Error(verified.reason.message);
  const rules = makeRuleSet('nat1', [{ from, to, rule: verified.value }]);
  if (rules.kind !== 'done') throw new Error(rules.reason.message);
  return ruleSource({ rules: rules.value, version: 'r1', pools, tags, realm: 'access', clockErrorMs: 0 });
};
const prefix = (text: string): Ipv6Prefix => parseIpv6Prefix(text)!;

const delegated = (text: string, holder: number, from = -60, to = 60): Holding =>
  block(holder, from, to, { key: { kind: 'ipv6', prefix: prefix(text) }, portFirst: 0, portLast: 0xffff });

describe('MAP-E (RFC 7597 example 1)', () => {
  const rule = {
    kind: 'map-e',
    ip6: prefix('2001:db8::/40'),
    ip4: { version: 4, value: outside, length: 24 },
    eaLength: 16,
    psidOffset: 6,
  } as const;
  const holder = { kind: 'ip6', prefix: prefix('2001:db8:12:3400::/56') } as const;
  const map = sourceOf(rule, { outside: outside + 18, port: 1232, holder });
  const leases = logOf([delegated('2001:db8:12:3400::/56', 7), delegated('2001:db8:12:3500::/56', 8)], {}, 'ipv6');
  const plan = {
    outside: [map],
    steps: [{ broken: 'CHAIN_BROKEN_NAT_TO_INSIDE', sources: [leases] }],
  } as const;
  const seen = (port: number | undefined) => observed({ ip: ipv4Address(outside + 18), port });

  test('needs the history of delegations and no other log', () => {
    expect(evaluate(seen(1232), plan)).toMatchObject({ outcome: 'EXACT_ONE', candidates: 1, reasons: [] });
  });

  test('a port below 1024 cannot have been: nobody had it', () => {
    expect(evaluate(seen(1000), plan)).toMatchObject({ outcome: 'NONE_PROVEN', reasons: ['EXCLUDED_PORT'] });
  });

  test('without a port all 256 customers of the address are candidates, whoever they are', () => {
    expect(evaluate(seen(undefined), plan)).toMatchObject({ outcome: 'N_CANDIDATES', candidates: 256 });
  });

  test('a prefix that was delegated to nobody breaks the chain', () => {
    expect(evaluate(seen(1232 + 8), plan)).toMatchObject({
      outcome: 'NONE_UNKNOWN',
      reasons: ['CHAIN_BROKEN_NAT_TO_INSIDE'],
    });
  });

  test('without a version for the time nothing is known', () => {
    const later = sourceOf(rule, { outside: outside + 18, port: 1232, holder }, noon + minute);
    expect(evaluate(seen(1232), { ...plan, outside: [later] })).toMatchObject({
      outcome: 'NONE_UNKNOWN',
      reasons: ['LOG_GAP', 'RULESET_UNVERSIONED'],
    });
  });
});

describe('deterministic NAT (RFC 7422)', () => {
  const rule = {
    kind: 'rfc7422',
    insideNetwork: { first: parseIpv4('198.51.100.0')!, length: 28 },
    boundaries: 'excluded',
    outsideFirst: outside + 1,
    outsideCount: 1,
    dynamicFactor: 2,
    algorithm: 0,
    reserved: [[0, 1023]],
  } as const;
  const inside = parseIpv4('198.51.100.1')!;
  const nat = sourceOf(rule, { outside: outside + 1, port: 2001, holder: { kind: 'inside-ip4', ip4: inside } });
  const insideTag = (ip4: number) => tags.inside('access', { ip4, ip6: undefined, vrf: undefined, tunnel: undefined });
  const leases = logOf(
    [1, 2].map((number) =>
      block(number, -60, 60, {
        key: { kind: 'tag', tag: insideTag(inside + number - 1) },
        portFirst: 0,
        portLast: 0xffff,
      }),
    ),
    {},
    'tag',
  );
  const steps = [{ broken: 'CHAIN_BROKEN_INSIDE_TO_SESSION', sources: [leases] }] as const;
  const seen = (port: number) => observed({ ip: ipv4Address(outside + 1), port });

  test('answers from the rule and the leases', () => {
    expect(evaluate(seen(2001), { outside: [nat], steps })).toMatchObject({ outcome: 'EXACT_ONE' });
    expect(evaluate(seen(500), { outside: [nat], steps })).toMatchObject({
      outcome: 'NONE_PROVEN',
      reasons: ['RESERVED_PORT'],
    });
  });

  test('a port of the dynamic pool is unknown without its log, and answered by it', () => {
    const alone = evaluate(seen(58_204), { outside: [nat], steps });
    expect(alone).toMatchObject({ outcome: 'NONE_UNKNOWN', reasons: ['DYNAMIC_POOL', 'LOG_GAP'] });
    const key = { kind: 'ipv4', value: outside + 1 } as const;
    const logged = logOf([
      { ...block(0, -30, 30, { key, portFirst: 58_000, portLast: 58_999 }), holder: insideTag(inside + 1) },
    ]);
    const log: HolderSource = { ...logged, owns: nat.owns };
    expect(evaluate(seen(58_204), { outside: [nat, log], steps })).toMatchObject({ outcome: 'EXACT_ONE', reasons: [] });
  });
});
