import {
  type AssignedHolder,
  type AssignmentRule,
  type Ipv6Prefix,
  parseIpv4,
  parseIpv6Prefix,
  type TestVector,
} from '@tutela/attribution';
import { readPrefix } from '@tutela/attribution/exchange';
import { done, type Outcome, parseInstant, refused } from '@tutela/core';
import { z } from 'zod';

const ip4 = z.string().transform((text, context): number => {
  const value = parseIpv4(text);
  if (value !== undefined) return value;
  context.addIssue('not a four-part decimal address');
  return z.NEVER;
});
const prefix6 = z.string().transform((text, context): Ipv6Prefix => {
  const value = parseIpv6Prefix(text);
  if (value !== undefined) return value;
  context.addIssue('not an IPv6 prefix');
  return z.NEVER;
});
const network = z.string().refine((text) => readPrefix(text) !== undefined, 'neither an address nor a prefix');
const moment = z.string().transform((text, context): number => {
  const instant = parseInstant(text);
  if (instant !== undefined) return Date.parse(instant);
  context.addIssue('not a moment with a zone');
  return z.NEVER;
});
const count = z.int().nonnegative();
const port = z.int().min(0).max(65_535);

const networkOf = (text: string): { readonly first: number; readonly length: number } => {
  const prefix = readPrefix(text);
  return prefix?.version === 4 ? { first: prefix.value, length: prefix.length } : { first: 0, length: -1 };
};
const v4 = network.refine((text) => readPrefix(text)?.version === 4, 'an IPv4 network').transform(networkOf);

const mapShape = {
  ip6: prefix6,
  ip4: v4.transform(({ first, length }) => ({ version: 4, value: first, length }) as const),
  eaLength: count,
  psidOffset: count,
};

const rule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rfc7422'),
    insideNetwork: v4,
    boundaries: z.enum(['excluded', 'included']),
    outsideFirst: ip4,
    outsideCount: count,
    dynamicFactor: count,
    algorithm: count,
    reserved: z.array(z.tuple([port, port]).readonly()).readonly(),
  }),
  z.strictObject({
    kind: z.literal('junos-deterministic'),
    insideFirst: ip4,
    insideCount: count,
    outsideFirst: ip4,
    outsideCount: count,
    blockSize: count,
  }),
  z.strictObject({ kind: z.literal('map-e'), ...mapShape }),
  z.strictObject({ kind: z.literal('map-t'), ...mapShape }),
  z.strictObject({
    kind: z.literal('lw4o6'),
    rows: z
      .array(z.strictObject({ softwire: prefix6, ip4, psid: count, psidLength: count, psidOffset: count }))
      .readonly(),
  }),
  z.strictObject({
    kind: z.literal('static-ports'),
    rows: z.array(z.strictObject({ inside: ip4, outside: ip4, portFirst: port, portLast: port })).readonly(),
  }),
]) satisfies z.ZodType<AssignmentRule>;

const vector = z
  .union([z.strictObject({ outside: ip4, port, inside: ip4 }), z.strictObject({ outside: ip4, port, prefix: prefix6 })])
  .transform((named): TestVector => {
    const holder: AssignedHolder =
      'inside' in named ? { kind: 'inside-ip4', ip4: named.inside } : { kind: 'ip6', prefix: named.prefix };
    return { outside: named.outside, port: named.port, holder };
  });

const ruleDocumentSchema = z.strictObject({
  natInstance: z.string().min(1).max(200),
  /** In force from this moment. */
  from: moment,
  /** Until this moment, exclusive; left out while it is. */
  to: moment.optional(),
  pools: z.array(network).min(1),
  realm: z.string().min(1).max(200),
  /** Greatest error of the moments above. */
  clockErrorSeconds: z.union([z.number().nonnegative(), z.literal('unknown')]),
  rule,
  /** What the device itself says: its test function, or connections made for the purpose. */
  vectors: z.array(vector),
});

/** One version of a NAT's configuration, with the device's own test vectors. */
export type RuleDocument = z.infer<typeof ruleDocumentSchema>;

/** A rule from JSON; addresses as text. */
export const readRuleDocument = (value: unknown): Outcome<RuleDocument, 'rule-malformed'> => {
  const read = ruleDocumentSchema.safeParse(value);
  return read.success ? done(read.data) : refused('rule-malformed', z.prettifyError(read.error));
};
