import { createHash } from 'node:crypto';
import { canonicalJson, done, type JsonValue, type Outcome, refused } from '@tutela/core';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { DisclosureOrder } from '../answer/order.js';
import type { IpPrefix } from '../observation/ip-address.js';
import { parseIpv4 } from '../observation/ipv4.js';
import { ipv6Prefix, parseIpv6, parseIpv6Prefix } from '../observation/ipv6.js';
import { askedObservationSchema, instantSchema, msOf, sha256Schema } from './asked-observation.js';

export const orderFormat = 'tutela-attribution-order/1';
const strict = { additionalProperties: false } as const;
const line = Type.String({ minLength: 1, maxLength: 500 });

/** Observations of one order; a seizure with more is sent as several orders, each approved. */
const mostObservations = 10_000;

/** What an agency sends: an order of its authority, and the observations that are to be answered under it. */
export const orderDocumentSchema = Type.Object(
  {
    format: Type.Literal(orderFormat),
    /** The asker's own reference; comes back with every state and answer. */
    reference: Type.String({ minLength: 1, maxLength: 200 }),
    /** The court or officer that made the order. */
    issuedBy: line,
    issuedAt: instantSchema,
    /** No answer after this moment. */
    expiresAt: instantSchema,
    /** SHA-256 of the order's document as it was issued. */
    documentSha256: sha256Schema,
    purpose: line,
    offence: line,
    /** Addresses and windows that the order names, inclusive. A prefix has at least 16 (IPv4) or 32 (IPv6) bits. */
    scope: Type.Array(
      Type.Object({ addresses: Type.String({ maxLength: 49 }), from: instantSchema, to: instantSchema }, strict),
      { minItems: 1, maxItems: mostObservations },
    ),
    disclose: Type.Enum(['count', 'handle', 'identity']),
    /** Whether the order expressly takes an answer that something qualifies (`ONE_QUALIFIED`). */
    qualified: Type.Enum(['withheld', 'disclosed']),
    /** Who they are is never told of more than one, whatever stands here. */
    maxCandidates: Type.Integer({ minimum: 1, maximum: 1000 }),
    /** `one-subscriber`: all observations are said to be of one customer; the intersection is answered besides. */
    together: Type.Enum(['separate', 'one-subscriber']),
    /** Fixed by the order: there is no way to ask more under it. */
    observations: Type.Array(askedObservationSchema, { minItems: 1, maxItems: mostObservations }),
  },
  strict,
);

export type OrderDocument = Static<typeof orderDocumentSchema>;

export type OrderFault = 'order-malformed' | 'scope-malformed' | 'scope-too-wide' | 'window-reversed';

/** An order from JSON; every member was stated, none is added. */
export const readOrderDocument = (value: unknown): Outcome<OrderDocument, OrderFault> => {
  if (!Value.Check(orderDocumentSchema, value)) {
    const [first] = Value.Errors(orderDocumentSchema, value);
    return refused('order-malformed', `${first?.instancePath || 'the order'} ${first?.message ?? 'has another form'}`);
  }
  const windows = [{ from: value.issuedAt, to: value.expiresAt }, ...value.scope];
  for (const { from, to } of windows) {
    const [first, last] = [msOf(from), msOf(to)];
    if (first === undefined || last === undefined) return refused('order-malformed', 'a moment is none');
    if (last < first) return refused('window-reversed', `${to} is before ${from}`);
  }
  for (const { addresses } of value.scope) {
    const prefix = readPrefix(addresses);
    if (prefix === undefined) return refused('scope-malformed', 'a scope names an address or a prefix');
    if (prefix.length < (prefix.version === 4 ? 16 : 32))
      return refused('scope-too-wide', 'a scope is not a whole network: name addresses or small prefixes');
  }
  return done(value);
};

/** SHA-256 of the order's RFC 8785 text: what people approve, what every answer names. */
export const orderDigest = (order: OrderDocument): string =>
  createHash('sha256')
    .update(canonicalJson(order as JsonValue))
    .digest('hex');

/** The order as answering knows it. */
export const disclosureOrderOf = (id: string, order: OrderDocument): DisclosureOrder => ({
  id,
  sha256: orderDigest(order),
  purpose: order.purpose,
  scope: order.scope.flatMap(({ addresses, from, to }) => {
    const prefix = readPrefix(addresses);
    return prefix === undefined ? [] : [{ addresses: prefix, from: Date.parse(from), to: Date.parse(to) }];
  }),
  maxCandidates: order.maxCandidates,
  disclose: order.disclose,
  qualified: order.qualified,
  expires: Date.parse(order.expiresAt),
});

/** An address, or a prefix whose bits beyond its length are zero; strict as observations are. */
export const readPrefix = (text: string): IpPrefix | undefined => {
  const [, head = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const four = parseIpv4(head);
  if (four === undefined) {
    const six = parseIpv6(head);
    if (six === undefined) return undefined;
    return length === undefined ? ipv6Prefix(six, 128) : parseIpv6Prefix(text);
  }
  const bits = length === undefined ? 32 : Number(length);
  return bits <= 32 && four % 2 ** (32 - bits) === 0 ? { version: 4, value: four, length: bits } : undefined;
};
