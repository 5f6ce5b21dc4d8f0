import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHammingIndex, type HammingIndex } from './hamming-index.js';
import { loadIndex, saveIndex } from './index-file.js';
import { plantedNeedles, randomHashes, seededWords } from './synthetic-hashes.test-support.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-hashindex-'));
});
afterAll(() => rm(folder, { recursive: true }));

const loaded = async (file: string): Promise<HammingIndex> => {
  const outcome = await loadIndex(file);
  if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
  return outcome.value;
};

test('a saved index answers as before once it is loaded', async () => {
  const next = seededWords(1);
  const size = 150_000;
  const hashes = randomHashes(size, next);
  const index = buildHammingIndex(hashes.subarray(0, 32 * 140_000));
  index.append(hashes.subarray(32 * 140_000), {
    entries: new Uint32Array(10_000).map(() => next()),
    lists: new Uint32Array(10_000).fill(6),
  });
  index.remove(Array.from({ length: 1000 }, () => next() % size));
  const file = path.join(folder, 'large');
  await saveIndex(index, file);
  const again = await loaded(file);
  const needles = plantedNeedles(hashes, 500, 60, next);
  for (const threshold of [0, 31, 63]) {
    expect(again.searchMany(needles, threshold)).toEqual(index.searchMany(needles, threshold));
  }
  expect(again.size).toBe(index.size);
  expect(again.nextEntry).toBe(size);
});

test('whatever rows there are come back from a file', async () => {
  const row = fc.record({
    hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    entry: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    lists: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  });
  const file = path.join(folder, 'small');
  await fc.assert(
    fc.asyncProperty(fc.array(row), async (rows) => {
      const hashes = Buffer.concat(rows.map(({ hash }) => hash));
      const index = buildHammingIndex(hashes, {
        entries: Uint32Array.from(rows, ({ entry }) => entry),
        lists: Uint32Array.from(rows, ({ lists }) => lists),
      });
      await saveIndex(index, file);
      const again = await loaded(file);
      expect(again.searchMany(hashes, 255)).toEqual(index.searchMany(hashes, 255));
    }),
    { numRuns: 30 },
  );
});

test('a file in which one bit is other, or that is cut or longer, is refused', async () => {
  const file = path.join(folder, 'damaged');
  await saveIndex(buildHammingIndex(randomHashes(5, seededWords(2))), file);
  const bytes = await readFile(file);
  const kindOf = async (changed: Uint8Array): Promise<string> => {
    await writeFile(file, changed);
    return (await loadIndex(file)).kind;
  };
  for (let at = 0; at < bytes.length; at++) {
    const changed = new Uint8Array(bytes);
    changed[at]! ^= 1 << (at % 8);
    expect(await kindOf(changed)).toBe('refused');
  }
  for (let length = 0; length < bytes.length; length += 7)
    expect(await kindOf(bytes.subarray(0, length))).toBe('refused');
  expect(await kindOf(Buffer.concat([bytes, new Uint8Array(1)]))).toBe('refused');
  expect(await kindOf(bytes)).toBe('done');
});

test('a file that is not there is said not to be there', async () => {
  expect(await loadIndex(path.join(folder, 'nowhere'))).toMatchObject({
    kind: 'failed',
    reason: { code: 'not-found' },
  });
});
