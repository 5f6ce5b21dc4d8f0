import { chunkBits } from './layout.js';

/** Largest distance at which a chunk is probed: enough for every threshold up to 79 bits. */
export const maximumRadius = 4;

/** How many keys of 16 bits lie within `radius` of one: Σ C(16, i), i = 0…radius; 0 when the radius is negative. */
export const ballSize = (radius: number): number => {
  let sum = 0;
  let choose = 1;
  for (let bits = 0; bits <= Math.min(radius, chunkBits); bits++) {
    sum += choose;
    choose = (choose * (chunkBits - bits)) / (bits + 1);
  }
  return sum;
};

/** All keys with at most `radius` bits set, fewest bits first, then ascending. */
export const flipsWithin = (radius: number): Uint16Array => {
  const flips = new Uint16Array(ballSize(radius));
  let written = 1;
  let previous = 0;
  for (let bits = 1; bits <= radius; bits++) {
    const from = written;
    for (let at = previous; at < from; at++) {
      const below = flips[at]!;
      // Each key arises once: only bits above its highest are added.
      for (let bit = 32 - Math.clz32(below); bit < chunkBits; bit++) flips[written++] = below | (1 << bit);
    }
    previous = from;
    flips.subarray(from, written).sort();
  }
  return flips;
};
