import { describe, expect, test } from 'vitest';
import { bruteForce } from './brute-force.js';
import { buildHammingIndex } from './hamming-index.js';
import { plantedNeedles, randomHashes, seededWords } from './synthetic-hashes.js';

const allOnListOne = (hashes: Uint8Array) => ({
  hashes,
  entries: Uint32Array.from({ length: hashes.length / 32 }, (_, at) => at),
  lists: new Uint32Array(hashes.length / 32).fill(1),
});

describe('the index answers as brute force does', () => {
  for (const size of [0, 1, 2, 1000, 20_000]) {
    test.each([0, 15, 31, 47, 63, 255])(`for ${size} hashes at threshold %i`, (threshold) => {
      const next = seededWords(size + threshold);
      const hashes = randomHashes(size, next);
      const index = buildHammingIndex(hashes);
      const needles = plantedNeedles(hashes, threshold === 255 ? 4 : 2 * (threshold + 10), threshold + 9, next);
      const expected = Array.from({ length: needles.length / 32 }, (_, at) =>
        bruteForce(allOnListOne(hashes), needles.subarray(32 * at, 32 * at + 32), threshold),
      );
      expect(index.searchMany(needles, threshold)).toEqual(expected);
    });
  }
});

test('one needle is answered as in a batch', () => {
  const next = seededWords(7);
  const hashes = randomHashes(5000, next);
  const needles = plantedNeedles(hashes, 80, 40, next);
  const index = buildHammingIndex(hashes);
  const batch = index.searchMany(needles, 31);
  for (const [at, hits] of batch.entries()) {
    expect(index.search(needles.subarray(32 * at, 32 * at + 32), 31)).toEqual(hits);
  }
});

test('appended hashes are found at once, removed ones no longer', () => {
  const next = seededWords(8);
  const hashes = randomHashes(100, next);
  const index = buildHammingIndex(hashes.subarray(0, 32 * 60));
  index.append(hashes.subarray(32 * 60));
  const needle = hashes.subarray(32 * 70, 32 * 71);
  expect(index.search(needle, 31)).toEqual([{ entry: 70, distance: 0, lists: 1 }]);
  expect(index.size).toBe(100);
  expect(index.remove(70)).toBe(1);
  expect(index.search(needle, 31)).toEqual([]);
  expect(index.size).toBe(99);
});

test('a search sees only the lists it asks for', () => {
  const hashes = randomHashes(3, seededWords(9));
  const index = buildHammingIndex(hashes, {
    entries: Uint32Array.of(500, 500, 4_000_000_000),
    lists: Uint32Array.of(0b01, 0b11, 2 ** 31),
  });
  expect(index.search(hashes.subarray(32, 64), 0, { lists: 0b10 })).toEqual([{ entry: 500, distance: 0, lists: 0b10 }]);
  expect(index.search(hashes.subarray(0, 32), 0, { lists: 0b10 })).toEqual([]);
  expect(index.search(hashes.subarray(64), 0)).toEqual([{ entry: 4_000_000_000, distance: 0, lists: 2 ** 31 }]);
});

test.each([
  ['half a hash', () => buildHammingIndex(new Uint8Array(33))],
  ['too few entries', () => buildHammingIndex(new Uint8Array(64), { entries: Uint32Array.of(1) })],
  ['a hash on no list', () => buildHammingIndex(new Uint8Array(32), { lists: Uint32Array.of(0) })],
  ['a negative threshold', () => buildHammingIndex(new Uint8Array(0)).search(new Uint8Array(32), -1)],
  ['two needles at once', () => buildHammingIndex(new Uint8Array(0)).search(new Uint8Array(64), 31)],
])('%s is refused', (_, act) => {
  expect(act).toThrow(expect.objectContaining({ name: 'HashIndexError' }));
});
