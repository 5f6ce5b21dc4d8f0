import { describe, expect, test } from 'vitest';
import { bruteForce } from './brute-force.test-support.js';
import { buildHammingIndex, type HammingIndex } from './hamming-index.js';
import type { Rows } from './rows.js';
import { plantedNeedles, randomHashes, seededWords } from './synthetic-hashes.test-support.js';

const long = process.env.TUTELA_LONG === '1';

const rowsOf = (hashes: Uint8Array): Rows => ({
  hashes,
  entries: Uint32Array.from({ length: hashes.length / 32 }, (_, at) => at),
  lists: new Uint32Array(hashes.length / 32).fill(1),
});

const needleAt = (needles: Uint8Array, at: number): Uint8Array => needles.subarray(32 * at, 32 * at + 32);

/** Compares with brute force at each threshold; brute force looks once, at the largest of them. */
const expectExact = (index: HammingIndex, rows: Rows, needles: Uint8Array, thresholds: readonly number[]): void => {
  const answers = thresholds.map((threshold) => index.searchMany(needles, threshold));
  for (let at = 0; at < needles.length / 32; at++) {
    const all = bruteForce(rows, needleAt(needles, at), Math.max(...thresholds));
    for (const [which, threshold] of thresholds.entries()) {
      expect(answers[which]![at]).toEqual(all.filter(({ distance }) => distance <= threshold));
    }
  }
};

const thresholds = [0, 15, 31, 47, 63];
// Every second needle is planted, at 0 to 72 bits in turn: 1,000 and more needles reach each distance several times.
const cases = [
  { size: 0, needles: 1000 },
  { size: 1, needles: 1000 },
  { size: 2, needles: 1000 },
  { size: 1000, needles: 1168 },
  { size: 20_000, needles: 1168 },
  { size: 100_000, needles: long ? 1168 : 292 },
  ...(long ? [1_000_000, 10_000_000].map((size) => ({ size, needles: 1022 })) : []),
];

describe('the index answers as brute force does at thresholds of 0 to 63 bits', () => {
  test.each(cases)(
    'among $size hashes for $needles needles',
    ({ size, needles }) => {
      const next = seededWords(size);
      const hashes = randomHashes(size, next);
      expectExact(buildHammingIndex(hashes), rowsOf(hashes), plantedNeedles(hashes, needles, 72, next), thresholds);
    },
    3_600_000,
  );

  test('and at 100 to 255 bits, where nearly everything is near', () => {
    const next = seededWords(3);
    const hashes = randomHashes(5000, next);
    expectExact(buildHammingIndex(hashes), rowsOf(hashes), plantedNeedles(hashes, 12, 130, next), [100, 128, 255]);
  });

  test('after hashes were appended and removed, on several lists', () => {
    const next = seededWords(4);
    const size = 30_000;
    const built = 11_000;
    const all = { ...rowsOf(randomHashes(size, next)), lists: new Uint32Array(size).map(() => (next() & 7) + 1) };
    const index = buildHammingIndex(all.hashes.subarray(0, 32 * built), { lists: all.lists.slice(0, built) });
    for (let at = built; at < size; at += 700) {
      index.append(all.hashes.subarray(32 * at, 32 * (at + 700)), { lists: all.lists.slice(at, at + 700) });
    }
    index.remove(Array.from({ length: 2000 }, () => next() % size).map((entry) => removeFrom(all, entry, 0xffff_ffff)));
    index.remove(
      Array.from({ length: 2000 }, () => next() % size).map((entry) => removeFrom(all, entry, 0b10)),
      0b10,
    );
    expect(index.size).toBe(all.lists.filter((lists) => lists !== 0).length);
    const needles = plantedNeedles(all.hashes, 300, 72, next);
    expectExact(index, all, needles, thresholds);
    for (const lists of [0b1, 0b110, 0b1000]) {
      const found = index.searchMany(needles, 31, { lists });
      for (const [at, hits] of found.entries()) {
        expect(hits).toEqual(bruteForce(all, needleAt(needles, at), 31, lists));
      }
    }
  });

  test('when thousands of hashes are the same', () => {
    const next = seededWords(5);
    const one = randomHashes(1, next);
    const hashes = randomHashes(30_000, next);
    for (let at = 0; at < 20_000; at++) hashes.set(one, 32 * at);
    const needles = plantedNeedles(one, 6, 2, next);
    expectExact(buildHammingIndex(hashes), rowsOf(hashes), needles, [0, 31]);
  });
});

const removeFrom = ({ lists }: Rows, entry: number, from: number): number => {
  lists[entry]! &= ~from;
  return entry;
};

test('one needle is answered as in a batch', () => {
  const next = seededWords(7);
  const hashes = randomHashes(5000, next);
  const needles = plantedNeedles(hashes, 80, 40, next);
  const index = buildHammingIndex(hashes);
  const batch = index.searchMany(needles, 31);
  for (const [at, hits] of batch.entries()) expect(index.search(needleAt(needles, at), 31)).toEqual(hits);
});

test('a search sees only the lists it asks for', () => {
  const hashes = randomHashes(3, seededWords(9));
  const index = buildHammingIndex(hashes, {
    entries: Uint32Array.of(500, 500, 4_000_000_000),
    lists: Uint32Array.of(0b01, 0b11, 2 ** 31),
  });
  expect(index.search(needleAt(hashes, 1), 0, { lists: 0b10 })).toEqual([{ entry: 500, distance: 0, lists: 0b10 }]);
  expect(index.search(needleAt(hashes, 0), 0, { lists: 0b10 })).toEqual([]);
  expect(index.search(needleAt(hashes, 2), 0)).toEqual([{ entry: 4_000_000_000, distance: 0, lists: 2 ** 31 }]);
  expect(index.remove(500, 0b10)).toBe(1);
  expect(index.size).toBe(3);
  expect(index.remove(500)).toBe(2);
  expect(index.size).toBe(1);
});

test('compacting takes nothing away but what was removed, also what changes meanwhile', async () => {
  const next = seededWords(10);
  const size = 40_000;
  const all = rowsOf(randomHashes(size, next));
  const index = buildHammingIndex(all.hashes.subarray(0, 32 * 30_000));
  index.remove(Array.from({ length: 5000 }, (_, entry) => removeFrom(all, entry, 1)));
  index.append(all.hashes.subarray(32 * 30_000, 32 * 30_500));
  const before = index.memoryBytes();
  const compacted = index.compact();
  index.append(all.hashes.subarray(32 * 30_500));
  index.remove([removeFrom(all, 20_000, 1), removeFrom(all, 39_999, 1)]);
  const needles = plantedNeedles(all.hashes, 100, 40, next);
  expectExact(index, all, needles, [31]);
  await compacted;
  expectExact(index, all, needles, [31]);
  await index.compact();
  expectExact(index, all, needles, [31]);
  expect(index.size).toBe(size - 5002);
  expect(index.segments().length).toBe(1);
  expect(index.memoryBytes()).toBeLessThan(2 * before);
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
