import { concatenate } from '../bytes.js';
import { LedgerError } from '../ledger-error.js';
import { tileWidth } from './tile-place.js';

const largestInBundle = 0xffff;

/** Entries, each behind its length in two bytes, the higher first. @throws LedgerError `invalid` for one that does not fit */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  if (entries.length < 1 || entries.length > tileWidth || entries.some(({ length }) => length > largestInBundle)) {
    throw new LedgerError('invalid', `a bundle has 1 to ${tileWidth} entries of at most ${largestInBundle} bytes`);
  }
  return concatenate(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]));
};

/** `undefined` unless it is exactly `width` entries. */
export const decodeBundle = (bytes: Uint8Array, width: number): readonly Uint8Array[] | undefined => {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && entries.length < width) {
    const end = at + 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
    if (end > bytes.length) return undefined;
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  return at === bytes.length && entries.length === width ? entries : undefined;
};
