import { isIPv4, isIPv6 } from 'node:net';

/** An address as one number of 128 bits; IPv4 stands in its mapped place `::ffff:0:0/96` (RFC 4291 §2.5.5.2). */
export type AddressNumber = bigint;

const mapped = 0xffff_0000_0000n;

/** `undefined` for what is no address. A zone (`%eth0`) is none of the address and refused. */
export const addressNumber = (text: string): AddressNumber | undefined => {
  if (isIPv4(text)) return mapped | v4Number(text);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = text.split('::', 2);
  const front = groups(head);
  const back = groups(tail ?? '');
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => 0n);
  return [...front, ...zeros, ...back].reduce((number, group) => (number << 16n) | group, 0n);
};

const v4Number = (text: string): bigint => text.split('.').reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

const groups = (text: string): readonly bigint[] =>
  text === ''
    ? []
    : text.split(':').flatMap((group) => {
        if (!group.includes('.')) return [BigInt(`0x${group}`)];
        const low = v4Number(group);
        return [low >> 16n, low & 0xffffn];
      });

export interface AddressRange {
  readonly first: AddressNumber;
  /** Included. */
  readonly last: AddressNumber;
}

/** The range of a prefix such as `198.51.100.0/24`; bits beyond the prefix are ignored. */
export const prefixRange = (text: string): AddressRange | undefined => {
  const [address = '', lengthText = ''] = text.split('/', 2);
  const number = addressNumber(address);
  if (number === undefined || !/^\d{1,3}$/.test(lengthText)) return undefined;
  const length = Number(lengthText) + (isIPv4(address) ? 96 : 0);
  if (length > 128) return undefined;
  const size = 1n << BigInt(128 - length);
  const first = (number / size) * size;
  return { first, last: first + size - 1n };
};
