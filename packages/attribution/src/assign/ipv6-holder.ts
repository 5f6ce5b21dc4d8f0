import type { Ipv6Prefix } from '../observation/ip-address.js';
import { ipv6Prefix } from '../observation/ipv6.js';

/**
 * The customer's prefix of an IPv6 address: a DS-Lite B4 (RFC 6333) or the IPv6 source of a NAT64 or a MAP-T
 * translation. DS-Lite's mask is 56 unless the AFTR says otherwise (RFC 7785 §4); of others it is learnt from leases.
 */
export const subscriberPrefix = (address: bigint, maskLength: number): Ipv6Prefix => ipv6Prefix(address, maskLength);

export const dsLiteDefaultMask = 56;

/** Octets of an IPv4 address behind a prefix of each length (RFC 6052 §2.2): octet 8 of the address stays zero. */
const places: ReadonlyMap<number, readonly number[]> = new Map([
  [32, [4, 5, 6, 7]],
  [40, [5, 6, 7, 9]],
  [48, [6, 7, 9, 10]],
  [56, [7, 9, 10, 11]],
  [64, [9, 10, 11, 12]],
  [96, [12, 13, 14, 15]],
]);

/** The IPv4 address that a NAT64's prefix embeds; `undefined` outside the prefix, whose length RFC 6052 must know. */
export const embeddedIpv4 = (prefix: Ipv6Prefix, address: bigint): number | undefined => {
  const octets = places.get(prefix.length);
  if (octets === undefined || ipv6Prefix(address, prefix.length).value !== prefix.value) return undefined;
  if (prefix.length < 96 && octetOf(address, 8) !== 0) return undefined;
  return octets.reduce((value, place) => value * 256 + octetOf(address, place), 0);
};

/** The IPv6 address under which a NAT64 shows an IPv4 one; `undefined` for a length that RFC 6052 has not. */
export const embedIpv4 = (prefix: Ipv6Prefix, ip4: number): bigint | undefined =>
  places
    .get(prefix.length)
    ?.reduce(
      (value, place, at) => value | (BigInt((ip4 >>> (24 - 8 * at)) & 255) << BigInt(8 * (15 - place))),
      prefix.value,
    );

const octetOf = (address: bigint, place: number): number => Number((address >> BigInt(8 * (15 - place))) & 255n);
