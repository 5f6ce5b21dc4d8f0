import { concatenate } from '../bytes.js';
import { LedgerError } from '../ledger-error.js';
import { type Hash, hashLength } from '../tree/hashing.js';
import { tileWidth } from './tile-place.js';

/** One hash after the other, 1 to 256 of them. @throws LedgerError `invalid` for another number or length */
export const encodeTile = (hashes: readonly Hash[]): Uint8Array => {
  if (hashes.length < 1 || hashes.length > tileWidth || hashes.some(({ length }) => length !== hashLength)) {
    throw new LedgerError('invalid', `a tile has 1 to ${tileWidth} hashes of ${hashLength} bytes`);
  }
  return concatenate(...hashes);
};

/** `undefined` unless it is exactly `width` hashes. */
export const decodeTile = (bytes: Uint8Array, width: number): readonly Hash[] | undefined =>
  bytes.length === width * hashLength
    ? Array.from({ length: width }, (_, at) => bytes.slice(at * hashLength, (at + 1) * hashLength))
    : undefined;
