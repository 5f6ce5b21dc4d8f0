import { byDistance, type HammingHit } from './hits.js';
import type { Rows } from './rows.js';

/** Bits in which two hashes of 32 bytes differ. */
export const hammingDistance = (a: Uint8Array, b: Uint8Array): number => {
  let bits = 0;
  for (let at = 0; at < a.length; at++) bits += bitsOfByte[a[at]! ^ b[at]!]!;
  return bits;
};

const bitsOfByte = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** What an index has to answer: the definition, one hash after the other. */
export const bruteForce = (rows: Rows, needle: Uint8Array, threshold: number, lists = 0xffff_ffff): HammingHit[] => {
  const hits: HammingHit[] = [];
  for (const [at, entry] of rows.entries.entries()) {
    const wanted = (rows.lists[at]! & lists) >>> 0;
    if (wanted === 0) continue;
    const distance = hammingDistance(rows.hashes.subarray(32 * at, 32 * at + 32), needle);
    if (distance <= threshold) hits.push({ entry, distance, lists: wanted });
  }
  return hits.sort(byDistance);
};
