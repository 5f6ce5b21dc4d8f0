import type { Directory } from './directory.js';

/** Place of an IPv4 address, or −1. */
export const findIpv4 = ({ addresses }: Directory, address: number): number => {
  let low = 0;
  for (let high = addresses.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (addresses[middle]! < address) low = middle + 1;
    else high = middle;
  }
  return addresses[low] === address ? low : -1;
};

/** Place of a key, or −1. */
export const findKey = ({ keys, keyBytes, keyCount }: Directory, key: Buffer): number => {
  let low = 0;
  for (let high = keyCount; low < high; ) {
    const middle = (low + high) >>> 1;
    if (compareKey(keys, middle * keyBytes, key, keyBytes) < 0) low = middle + 1;
    else high = middle;
  }
  return low < keyCount && compareKey(keys, low * keyBytes, key, keyBytes) === 0 ? low : -1;
};

const compareKey = (keys: Buffer, at: number, key: Buffer, length: number): number => {
  for (let byte = 0; byte < length; byte++) {
    const difference = keys[at + byte]! - key[byte]!;
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * Entries of a key that a question touches: of every protocol when it names none, and those of all protocols (0) beside
 * the one it names; of every port when it names none.
 */
export const findEntries = (
  directory: Directory,
  key: number,
  proto: number | undefined,
  port: number | undefined,
): readonly number[] => {
  const from = directory.entriesOf[key]!;
  const to = directory.entriesOf[key + 1]!;
  const found: number[] = [];
  const only = directory.protoOf[key]!;
  for (let start = from; start < to; ) {
    // Most logs name no protocol at all, or the same one throughout: then there is one stretch.
    const itsProto = only >= 0 ? only : directory.proto[start]!;
    const end = only >= 0 ? to : endOfProto(directory, start, to);
    if (proto === undefined || itsProto === 0 || itsProto === proto) {
      if (port === undefined) for (let entry = start; entry < end; entry++) found.push(entry);
      else stab(directory, { start, end, span: directory.spanOf[key]! }, port, found);
    }
    start = end;
  }
  return found;
};

const endOfProto = ({ proto }: Directory, start: number, to: number): number => {
  let low = start;
  for (let high = to; low < high; ) {
    const middle = (low + high) >>> 1;
    if (proto[middle]! <= proto[start]!) low = middle + 1;
    else high = middle;
  }
  return low;
};

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly span: number;
}

/**
 * The entry after the last that begins at or before a port. Blocks of one size, all in use, are found at the first look: in
 * memory that was not read before every other one costs more than all arithmetic.
 */
const begunBy = (first: Uint16Array, start: number, end: number, span: number, port: number): number => {
  const guess = start + Math.floor((port - first[start]!) / (span + 1));
  if (guess >= start && guess < end && first[guess]! <= port && (guess + 1 === end || first[guess + 1]! > port)) {
    return guess + 1;
  }
  let low = start;
  for (let high = end; low < high; ) {
    const middle = (low + high) >>> 1;
    if (first[middle]! <= port) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Leftward from the last range that begins at or before the port, no further than the widest range could reach. */
const stab = ({ first, last }: Directory, { start, end, span }: Stretch, port: number, found: number[]): void => {
  const low = begunBy(first, start, end, span, port);
  for (let entry = low - 1; entry >= start && first[entry]! + span >= port; entry--) {
    if (last[entry]! >= port) found.push(entry);
  }
};
