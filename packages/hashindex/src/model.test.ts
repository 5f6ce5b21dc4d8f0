import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildHammingIndex, type HammingIndex } from './hamming-index.js';
import { byDistance, type HammingHit } from './hits.js';
import { atDistance, randomHashes, seededWords } from './synthetic-hashes.test-support.js';

const long = process.env.TUTELA_LONG === '1';
/** Operations of all runs together. */
const operations = long ? 24_000_000 : 60_000;
const runs = long ? 24 : 12;

/** What an index does, as a list of rows and nothing else; rows are 10 words: hash, entry, lists. */
const newModel = () => {
  let words = new Uint32Array(10 * 1024);
  let count = 0;
  return {
    append: (hash: Uint32Array, entry: number, lists: number): void => {
      if (10 * count === words.length) {
        const longer = new Uint32Array(2 * words.length);
        longer.set(words);
        words = longer;
      }
      words.set(hash, 10 * count);
      words[10 * count + 8] = entry;
      words[10 * count + 9] = lists;
      count++;
    },
    remove: (entry: number, lists: number): number => {
      let changed = 0;
      let kept = 0;
      for (let at = 0; at < 10 * count; at += 10) {
        const before = words[at + 9]!;
        if (words[at + 8] === entry) words[at + 9] = before & ~lists;
        if (words[at + 9] !== before) changed++;
        if (words[at + 9] === 0) continue;
        if (10 * kept < at) words.copyWithin(10 * kept, at, at + 10);
        kept++;
      }
      count = kept;
      return changed;
    },
    search: (needle: Uint32Array, threshold: number, lists: number): HammingHit[] => {
      const hits: HammingHit[] = [];
      for (let at = 0; at < 10 * count; at += 10) {
        let distance = 0;
        for (let word = 0; word < 8 && distance <= threshold; word++) {
          let bits = words[at + word]! ^ needle[word]!;
          bits -= (bits >>> 1) & 0x55555555;
          bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
          distance += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
        }
        const on = (words[at + 9]! & lists) >>> 0;
        if (distance <= threshold && on !== 0) hits.push({ entry: words[at + 8]!, distance, lists: on });
      }
      return hits.sort(byDistance);
    },
    size: () => count,
    /** The entry of some row. */
    entryAt: (some: number): number => words[10 * (some % Math.max(1, count)) + 8]!,
  };
};

const wordsOf = (hash: Uint8Array): Uint32Array => new Uint32Array(hash.buffer, hash.byteOffset, 8);

/** One run: every operation on both, every answer compared. */
const live = async (seed: number, steps: number, full: number): Promise<void> => {
  const next = seededWords(seed);
  // Few centres, so that there is something near every needle and chunks coincide far more often than by chance.
  const centres = randomHashes(40, next);
  const near = (): Uint8Array => {
    const centre = 32 * (next() % 40);
    return atDistance(centres.subarray(centre, centre + 32), next() % 48, next);
  };
  const startSize = next() % full;
  const start = new Uint8Array(32 * startSize);
  for (let at = 0; at < startSize; at++) start.set(near(), 32 * at);
  const index = buildHammingIndex(start);
  const model = newModel();
  for (let at = 0; at < startSize; at++) model.append(wordsOf(start.slice(32 * at, 32 * at + 32)), at, 1);

  let entries = startSize;
  const compactions: Promise<void>[] = [];
  for (let step = 0; step < steps; step++) {
    const kind = next() % 1000;
    if (kind < (model.size() < full ? 300 : 200)) {
      const hash = near();
      const entry = next() % 10 === 0 ? next() % (entries + 1) : entries++;
      const lists = 1 << (next() % 4);
      index.append(hash, { entries: Uint32Array.of(entry), lists: Uint32Array.of(lists) });
      model.append(wordsOf(hash), entry, lists);
    } else if (kind < 550) {
      // Mostly one that is there, or the list would grow without end.
      const entry = next() % 8 === 0 ? next() % (entries + 1) : model.entryAt(next());
      const lists = next() % 3 === 0 ? 1 << (next() % 4) : 0xffff_ffff;
      expectSame(index.remove(entry, lists), model.remove(entry, lists));
    } else if (kind < 999) {
      compareSearch(index, model, next() % 4 === 0 ? randomHashes(1, next) : near(), next);
    } else if (next() % 200 === 0) {
      compactions.push(index.compact());
      // Lets finished compactions take their place; the others go on beside the next operations.
      await new Promise((resolve) => setTimeout(resolve, next() % 3));
    }
    if (index.size !== model.size()) expect(index.size).toBe(model.size());
  }
  await Promise.all(compactions);
  for (let at = 0; at < 100; at++) compareSearch(index, model, near(), next);
};

const compareSearch = (
  index: HammingIndex,
  model: ReturnType<typeof newModel>,
  needle: Uint8Array,
  next: () => number,
): void => {
  const threshold = [0, 8, 15, 24, 31, 31, 31, 40, 47, 63][next() % 10]!;
  const lists = next() % 2 === 0 ? 0xffff_ffff : next() % 16;
  expectSame(index.search(needle, threshold, { lists }), model.search(wordsOf(needle), threshold, lists));
};

/** As `expect(…).toEqual`, which takes a hundred times as long when there is nothing to say. */
const expectSame = (got: unknown, wanted: unknown): void => {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) expect(got).toEqual(wanted);
};

test('mixed appends, removals, searches and compactions do what they do to a plain list', async () => {
  const run = fc.record({ seed: fc.integer({ min: 1 }), full: fc.constantFrom(100, 100, 100, 300, 300, 3000) });
  await fc.assert(
    fc.asyncProperty(run, ({ seed, full }) => live(seed, Math.ceil(operations / runs), full)),
    { numRuns: runs, endOnFailure: true },
  );
}, 7_200_000);
