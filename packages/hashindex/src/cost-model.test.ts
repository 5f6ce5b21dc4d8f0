import { describe, expect, test } from 'vitest';
import { expectedWork, methodFor, worthTables } from './cost-model.js';
import { buildHammingIndex } from './hamming-index.js';
import { segmentBytes } from './layout.js';
import { randomHashes, seededWords } from './synthetic-hashes.test-support.js';

describe('searches do the work the model expects, no more', () => {
  test.each([
    [10_000, 15],
    [100_000, 31],
    [100_000, 47],
    [100_000, 63],
  ])('among %i hashes at threshold %i', (size, threshold) => {
    const next = seededWords(size + threshold);
    const index = buildHammingIndex(randomHashes(size, next));
    const needles = 200;
    index.searchMany(randomHashes(needles, next), threshold);
    const memory = index.memoryBytes();
    index.searchMany(randomHashes(needles, next), threshold);
    const expected = expectedWork(size, threshold);
    expect(index.counters.probes).toBe(2 * needles * expected.probes);
    expect(index.counters.candidates / (2 * needles * expected.candidates)).toBeCloseTo(1, 1);
    expect(index.counters.verified).toBeLessThan(2 * needles * 1.3 * expected.verified + 2 * needles);
    expect(index.counters).toMatchObject({ passes: 0, repeated: 0 });
    // No search after the first takes memory.
    expect(index.memoryBytes()).toBe(memory);
  });

  test('a set too small for tables is passed over once for four needles', () => {
    const next = seededWords(1);
    const index = buildHammingIndex(randomHashes(1000, next));
    index.searchMany(randomHashes(40, next), 31);
    expect(index.counters).toMatchObject({ probes: 0, passes: 10 });
  });

  test('a hundred thousand hashes appended bit by bit lie in a few segments', () => {
    const next = seededWords(2);
    const index = buildHammingIndex(new Uint8Array(0));
    for (let at = 0; at < 100; at++) index.append(randomHashes(1000, next));
    expect(index.segments().length).toBeLessThanOrEqual(5);
    expect(index.size).toBe(100_000);
  });
});

test('at threshold 31 a needle looks into 272 buckets and at 42 postings in ten thousand', () => {
  for (const size of [1_000_000, 10_000_000]) {
    expect(expectedWork(size, 31)).toMatchObject({ probes: 272 });
    expect(expectedWork(size, 31).candidates / size).toBeLessThan(0.0042);
  }
});

test.each([1_000_000, 10_000_000])('%i hashes with their tables take at most 130 bytes each', (size) => {
  expect(segmentBytes(size, 'with tables') / size).toBeLessThan(130);
});

test('the model scans where probing cannot pay', () => {
  expect(worthTables(100)).toBe(false);
  expect(worthTables(10_000)).toBe(true);
  expect(methodFor(1_000_000, 31)).toBe('probe');
  expect(methodFor(1_000_000, 63)).toBe('probe');
  expect(methodFor(20_000, 63)).toBe('scan');
  expect(methodFor(10_000_000, 80)).toBe('scan');
});
