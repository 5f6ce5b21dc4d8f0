import { byDistance, type HammingHit } from './hits.js';
import { allLists, type Rows } from './rows.js';

const bitsOf = (word: number): number => {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

const wordsOf = (hashes: Uint8Array): Uint32Array =>
  hashes.byteOffset % 4 === 0
    ? new Uint32Array(hashes.buffer, hashes.byteOffset, hashes.length / 4)
    : new Uint32Array(new Uint8Array(hashes).buffer);

/** Bits in which two hashes of 32 bytes differ. */
export const hammingDistance = (a: Uint8Array, b: Uint8Array): number => {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  return left.reduce((sum, word, at) => sum + bitsOf(word ^ right[at]!), 0);
};

/** What an index has to answer: the definition, one hash after the other, and nothing of the kernel's. */
export const bruteForce = (rows: Rows, needle: Uint8Array, threshold: number, lists = allLists): HammingHit[] => {
  const hits: HammingHit[] = [];
  const hashes = wordsOf(rows.hashes);
  const wanted = wordsOf(needle);
  for (let at = 0; at < rows.entries.length; at++) {
    let distance = 0;
    for (let word = 0; word < 8 && distance <= threshold; word++) {
      distance += bitsOf(hashes[8 * at + word]! ^ wanted[word]!);
    }
    const on = (rows.lists[at]! & lists) >>> 0;
    if (distance <= threshold && on !== 0) hits.push({ entry: rows.entries[at]!, distance, lists: on });
  }
  return hits.sort(byDistance);
};
