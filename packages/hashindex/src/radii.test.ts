import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ballSize, flipsWithin, maximumRadius } from './flips.js';
import { reachesFor } from './radii.js';

test('however the differing bits fall on the chunks, one chunk is probed and passes its sketch', () => {
  const placed = fc
    .integer({ min: 0, max: 79 })
    .chain((threshold) =>
      fc.tuple(fc.constant(threshold), fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: threshold })),
    );
  fc.assert(
    fc.property(placed, ([threshold, bits]) => {
      const distances = Array.from({ length: 16 }, (_, chunk) => bits.filter((bit) => bit >> 4 === chunk).length);
      const finds = reachesFor(threshold).map(
        ({ radius, reach }, chunk) =>
          distances[chunk]! <= radius && distances[chunk]! + distances[(chunk + 1) % 16]! <= reach,
      );
      expect(finds).toContain(true);
    }),
    { numRuns: 2000 },
  );
});

test('the radii are as small as that allows', () => {
  for (let threshold = 0; threshold <= 79; threshold++) {
    const reaches = reachesFor(threshold);
    expect(reaches.reduce((sum, { radius }) => sum + radius + 1, 0)).toBe(threshold + 1);
  }
});

test('the flips are all keys with few bits, nearest first', () => {
  const flips = [...flipsWithin(maximumRadius)];
  const bitsOf = (key: number): number => key.toString(2).replaceAll('0', '').length;
  expect(new Set(flips).size).toBe(ballSize(maximumRadius));
  expect(flips.length).toBe(1 + 16 + 120 + 560 + 1820);
  expect(flips.map(bitsOf)).toEqual(flips.map(bitsOf).sort((a, b) => a - b));
});
