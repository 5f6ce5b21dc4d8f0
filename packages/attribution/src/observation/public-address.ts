import { done, type Outcome, refused } from '@tutela/core';
import type { IpAddress } from './ip-address.js';
import { ipv4Address, parseIpv4 } from './ipv4.js';
import { ipv6Address, mappedIpv4, parseIpv6 } from './ipv6.js';

/**
 * Documentation and benchmark ranges (RFC 5737, RFC 2544, RFC 3849, RFC 9637) are nobody's: demonstrations allow them,
 * nobody else.
 */
export interface AddressPolicy {
  readonly documentation: 'refuse' | 'allow';
}

type AddressReason = 'ADDRESS_MALFORMED' | 'ADDRESS_NOT_PUBLIC';

const documentation4: readonly Range4[] = [
  range4('192.0.2.0', 24),
  range4('198.51.100.0', 24),
  range4('203.0.113.0', 24),
  range4('198.18.0.0', 15),
];
/** IANA IPv4 special-purpose registry, with what no customer can hold: multicast and reserved. */
const special4: readonly (Range4 & { readonly why: string })[] = [
  { ...range4('0.0.0.0', 8), why: '"this network"' },
  { ...range4('10.0.0.0', 8), why: 'private (RFC 1918)' },
  { ...range4('100.64.0.0', 10), why: "a carrier's inside address (RFC 6598)" },
  { ...range4('127.0.0.0', 8), why: 'loopback' },
  { ...range4('169.254.0.0', 16), why: 'link-local' },
  { ...range4('172.16.0.0', 12), why: 'private (RFC 1918)' },
  { ...range4('192.0.0.0', 24), why: 'for protocol assignments (RFC 6890)' },
  { ...range4('192.88.99.0', 24), why: 'the 6to4 relay anycast' },
  { ...range4('192.168.0.0', 16), why: 'private (RFC 1918)' },
  { ...range4('224.0.0.0', 4), why: 'multicast' },
  { ...range4('240.0.0.0', 4), why: 'reserved' },
];
const documentation6: readonly Range6[] = [range6('2001:db8::', 32), range6('3fff::', 20)];
const special6: readonly (Range6 & { readonly why: string })[] = [
  { ...range6('2001::', 23), why: 'for protocol assignments (RFC 2928), Teredo among them' },
  { ...range6('2002::', 16), why: 'a 6to4 address: the IPv4 address in it has to be asked about' },
];
const globalUnicast6 = range6('2000::', 3);

/** A public address of a customer, an IPv4-mapped one as IPv4; refused when malformed or not globally routed unicast. */
export const readPublicAddress = (text: string, policy: AddressPolicy): Outcome<IpAddress, AddressReason> => {
  const four = parseIpv4(text);
  if (four !== undefined) return publicIpv4(four, policy);
  const six = parseIpv6(text);
  if (six === undefined) return refused('ADDRESS_MALFORMED', malformed(text));
  const mapped = mappedIpv4(six);
  return mapped === undefined ? publicIpv6(six, policy) : publicIpv4(mapped, policy);
};

const malformed = (text: string): string =>
  /^[\d.]+$/.test(text)
    ? 'an IPv4 address has four decimal parts from 0 to 255 without leading zeros'
    : 'neither four decimal parts nor the text of an IPv6 address';

const publicIpv4 = (value: number, policy: AddressPolicy): Outcome<IpAddress, AddressReason> => {
  if (documentation4.some((range) => in4(value, range))) {
    return policy.documentation === 'allow'
      ? done(ipv4Address(value))
      : notPublic('for documentation or benchmarks (RFC 5737, RFC 2544)');
  }
  const special = special4.find((range) => in4(value, range));
  return special === undefined ? done(ipv4Address(value)) : notPublic(special.why);
};

const publicIpv6 = (value: bigint, policy: AddressPolicy): Outcome<IpAddress, AddressReason> => {
  if (documentation6.some((range) => in6(value, range))) {
    return policy.documentation === 'allow'
      ? done(ipv6Address(value))
      : notPublic('a documentation address (RFC 3849)');
  }
  if (!in6(value, globalUnicast6)) return notPublic('outside 2000::/3, the global unicast addresses');
  const special = special6.find((range) => in6(value, range));
  return special === undefined ? done(ipv6Address(value)) : notPublic(special.why);
};

const notPublic = (why: string): Outcome<IpAddress, AddressReason> =>
  refused('ADDRESS_NOT_PUBLIC', `no customer holds this address in public: it is ${why}`);

interface Range4 {
  readonly first: number;
  readonly last: number;
}
interface Range6 {
  readonly first: bigint;
  readonly rest: bigint;
}
function range4(text: string, length: number): Range4 {
  const first = parseIpv4(text)!;
  return { first, last: first + 2 ** (32 - length) - 1 };
}
function range6(text: string, length: number): Range6 {
  const rest = BigInt(128 - length);
  return { first: parseIpv6(text)! >> rest, rest };
}
const in4 = (value: number, range: Range4): boolean => value >= range.first && value <= range.last;
const in6 = (value: bigint, range: Range6): boolean => value >> range.rest === range.first;
