/** An address or prefix as a range of numbers of its family. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`; `undefined` for anything else. Strict: no leading zeros, no short IPv4
 * forms, no host bits below a prefix, since a lenient reading names somebody else (attribution.md §4.2). An
 * IPv4-mapped address (RFC 4291 §2.5.5.2) is the IPv4 address it holds.
 */
export const parseAddressRange = (text: string): AddressRange | undefined => {
  const [address = '', length, ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || more.length > 0) return undefined;
  if (length === undefined) return { family: parsed.family, first: parsed.value, last: parsed.value };
  // Written with colons, its prefix counts all 128 bits.
  const bits = address.includes(':') ? 128 : 32;
  const free = /^(0|[1-9]\d{0,2})$/.test(length) ? bits - Number(length) : -1;
  if (free < 0 || (parsed.family === 4 && free > 32)) return undefined;
  const hostBits = (1n << BigInt(free)) - 1n;
  return (parsed.value & hostBits) === 0n
    ? { family: parsed.family, first: parsed.value, last: parsed.value | hostBits }
    : undefined;
};

interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** One address, without a prefix or zone. */
export const parseAddress = (text: string): Address | undefined => {
  const v4 = parseV4(text);
  if (v4 !== undefined) return { family: 4, value: v4 };
  const value = parseV6(text);
  if (value === undefined) return undefined;
  return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffff_ffffn } : { family: 6, value };
};

const parseV4 = (text: string): bigint | undefined => {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
};

const parseV6 = (text: string): bigint | undefined => {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  const embedded = tail.includes('.') ? parseV4(tail) : undefined;
  if (tail.includes('.') && embedded === undefined) return undefined;
  const plain =
    embedded === undefined
      ? text
      : `${text.slice(0, -tail.length)}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
};
