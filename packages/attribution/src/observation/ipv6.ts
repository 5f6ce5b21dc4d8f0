import type { Ipv6Address, Ipv6Prefix } from './ip-address.js';
import { parseIpv4 } from './ipv4.js';

const group = /^[0-9a-f]{1,4}$/i;

/** The text forms of RFC 4291 §2.2; no zone identifier, no brackets. `undefined` for anything else. */
export const parseIpv6 = (text: string): bigint | undefined => {
  if (text.length < 2 || text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const given = head.length + tail.length;
  // "::" stands for at least one group: RFC 5952 §4.2.2 advises against one, RFC 4291 allows it.
  if (halves.length === 1 ? given !== 8 : given > 7) return undefined;
  let value = 0n;
  for (const part of head) value = (value << 16n) | BigInt(part);
  value <<= BigInt(16 * (8 - given));
  for (const part of tail) value = (value << 16n) | BigInt(part);
  return value;
};

const groupsOf = (text: string, mayEndInIpv4: boolean): readonly number[] | undefined => {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (group.test(part)) groups.push(Number.parseInt(part, 16));
    else {
      const embedded = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4(part) : undefined;
      if (embedded === undefined) return undefined;
      groups.push(Math.floor(embedded / 65536), embedded % 65536);
    }
  }
  return groups;
};

/** RFC 5952: lower case, the first longest run of two or more zero groups shortened. */
export const formatIpv6 = (value: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  let runStart = -1;
  let runLength = 1;
  for (let at = 0; at < 8; ) {
    let end = at;
    while (end < 8 && groups[end] === 0) end++;
    if (end - at > runLength) {
      runStart = at;
      runLength = end - at;
    }
    at = Math.max(end, at + 1);
  }
  const hex = (parts: readonly number[]): string => parts.map((part) => part.toString(16)).join(':');
  if (runStart < 0) return hex(groups);
  return `${hex(groups.slice(0, runStart))}::${hex(groups.slice(runStart + runLength))}`;
};

export const ipv6Address = (value: bigint): Ipv6Address => ({ version: 6, value, text: formatIpv6(value) });

/** The value with all bits beyond `length` cleared. */
export const ipv6Prefix = (value: bigint, length: number): Ipv6Prefix => {
  const rest = BigInt(128 - length);
  return { version: 6, value: (value >> rest) << rest, length };
};

/** `address/length` with all bits beyond the length zero; an address without length is a prefix of 128 bits. */
export const parseIpv6Prefix = (text: string): Ipv6Prefix | undefined => {
  const slash = text.indexOf('/');
  const value = parseIpv6(slash < 0 ? text : text.slice(0, slash));
  if (value === undefined) return undefined;
  const lengthText = slash < 0 ? '128' : text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(lengthText) || Number(lengthText) > 128) return undefined;
  const prefix = ipv6Prefix(value, Number(lengthText));
  return prefix.value === value ? prefix : undefined;
};

export const formatIpv6Prefix = (prefix: Ipv6Prefix): string => `${formatIpv6(prefix.value)}/${prefix.length}`;

/** The IPv4 address inside `::ffff:0:0/96`. */
export const mappedIpv4 = (value: bigint): number | undefined =>
  value >> 32n === 0xffffn ? Number(value & 0xffffffffn) : undefined;
