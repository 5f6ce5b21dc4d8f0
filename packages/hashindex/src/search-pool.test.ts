import { afterEach, expect, test } from 'vitest';
import { buildHammingIndex, type HammingIndex } from './hamming-index.js';
import { openSearchPool, type SearchPool } from './search-pool.js';
import { plantedNeedles, randomHashes, seededWords } from './synthetic-hashes.test-support.js';

const next = seededWords(11);
const open: SearchPool[] = [];
const poolOver = (index: HammingIndex, threads: number): SearchPool => {
  const pool = openSearchPool(index, threads);
  open.push(pool);
  return pool;
};
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close();
});

test('threads together answer as the index does alone, also after it changed', async () => {
  const hashes = randomHashes(50_000, next);
  const index = buildHammingIndex(hashes.subarray(0, 32 * 40_000));
  const pool = poolOver(index, 2);
  const needles = plantedNeedles(hashes, 1000, 72, next);
  expect(await pool.searchMany(needles, 31)).toEqual(index.searchMany(needles, 31));
  index.append(hashes.subarray(32 * 40_000));
  index.remove(Array.from({ length: 10_000 }, () => next() % 50_000));
  for (const threshold of [0, 31, 63]) {
    expect(await pool.searchMany(needles, threshold)).toEqual(index.searchMany(needles, threshold));
  }
  await index.compact();
  expect(await pool.searchMany(needles, 31)).toEqual(index.searchMany(needles, 31));
  expect(await pool.searchMany(new Uint8Array(0), 31)).toEqual([]);
});

test('a swap is seen by all searches after it and none before it', async () => {
  const hash = randomHashes(1, next);
  const indexOf = (entry: number) => buildHammingIndex(hash, { entries: Uint32Array.of(entry) });
  const pool = poolOver(indexOf(0), 2);
  const needles = new Uint8Array(32 * 200);
  for (let at = 0; at < 200; at++) needles.set(hash, 32 * at);
  const answers: Promise<readonly (readonly { readonly entry: number }[])[]>[] = [];
  for (let entry = 0; entry < 30; entry++) {
    pool.swap(indexOf(entry));
    answers.push(pool.searchMany(needles, 31));
  }
  for (const [entry, answer] of (await Promise.all(answers)).entries()) {
    expect(new Set(answer.flat().map((hit) => hit.entry))).toEqual(new Set([entry]));
  }
});

test('a search under way when the pool closes is told so', async () => {
  const pool = poolOver(buildHammingIndex(randomHashes(10, next)), 1);
  const told = expect(pool.searchMany(randomHashes(1, next), 31)).rejects.toMatchObject({ code: 'closed' });
  await pool.close();
  await told;
  await expect(pool.searchMany(randomHashes(1, next), 31)).rejects.toMatchObject({ code: 'closed' });
});
