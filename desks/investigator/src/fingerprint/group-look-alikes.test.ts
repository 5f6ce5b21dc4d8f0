import { nearBits } from '@tutela/fingerprint';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupLookAlikes } from './group-look-alikes.js';

const none = async (): Promise<Uint8Array> => new Uint8Array(0);

/** A hash with these bits turned over. */
const flipped = (hash: Uint8Array, bits: readonly number[]): Uint8Array => {
  const other = Uint8Array.from(hash);
  for (const bit of bits) other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
};
const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
const distanceOf = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, byte, at) => sum + ((byte ^ (other[at] ?? 0)).toString(2).match(/1/g)?.length ?? 0), 0);

test('a chain of small edits does not run away: each is within the limit of its leader', async () => {
  const chain = range(0, 10).map((step) => flipped(new Uint8Array(32), range(0, step * 20)));
  const { leaders, distances } = await groupLookAlikes(Buffer.concat(chain), none);
  expect([...leaders]).toEqual([0, 0, 2, 2, 4, 4, 6, 6, 8, 8]);
  expect([...distances]).toEqual([0, 20, 0, 20, 0, 20, 0, 20, 0, 20]);
});

test('who looks like two leaders stands with the nearer one, at equal distance with the first', async () => {
  const start = new Uint8Array(32);
  const other = flipped(start, range(0, 40));
  const hashes = [
    start,
    other,
    flipped(start, range(0, 25)),
    flipped(start, range(0, 20)),
    flipped(start, range(0, 60)),
  ];
  const { leaders, distances } = await groupLookAlikes(Buffer.concat(hashes), none);
  expect([...leaders]).toEqual([0, 1, 1, 0, 1]);
  expect([...distances]).toEqual([0, 0, 15, 20, 20]);
});

test('a picture turned or mirrored stands with the one it was made of', async () => {
  const hashes = Buffer.from(range(0, 64).map((at) => (at * 37) & 255));
  const turned = flipped(hashes.subarray(32), [3]);
  const { leaders, distances } = await groupLookAlikes(hashes, async (places) =>
    Buffer.concat(places.map((place) => (place === 0 ? turned : hashes.subarray(32)))),
  );
  expect([[...leaders], [...distances]]).toEqual([
    [0, 0],
    [0, 1],
  ]);
});

test('leaders look like none before them, and everybody stands with the nearest of them, as when all are compared', async () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const edited = fc.tuple(fc.nat(5), fc.uniqueArray(fc.nat(255), { maxLength: 45 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(hash, { minLength: 6, maxLength: 6 }),
      fc.array(edited, { maxLength: 60 }),
      async (seeds, edits) => {
        const all = edits.map(([seed, bits]) => flipped(seeds[seed] ?? new Uint8Array(32), bits));
        const { leaders, distances } = await groupLookAlikes(Buffer.concat(all), none);
        const led: number[] = [];
        for (const [place, one] of all.entries()) {
          const before = led.filter((leader) => distanceOf(all[leader] ?? one, one) <= nearBits);
          if (before.length === 0) led.push(place);
        }
        const expected = all.map((one, place) => {
          if (led.includes(place)) return [place, 0];
          const ranked = led.map((leader) => [leader, distanceOf(all[leader] ?? one, one)] as const);
          return ranked.reduce((best, next) => (next[1] < best[1] ? next : best));
        });
        expect([...leaders].map((leader, place) => [leader, distances[place]])).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});
