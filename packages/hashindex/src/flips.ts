/** Largest distance at which a chunk is probed; the kernel keeps one end for each of 0…7. */
export const maximumRadius = 7;

/** How many keys of `width` bits lie within `radius` of one: Σ C(width, i), i = 0…radius; 0 when the radius is negative. */
export const ballSize = (width: number, radius: number): number => {
  let sum = 0;
  let choose = 1;
  for (let bits = 0; bits <= radius; bits++) {
    sum += choose;
    choose = (choose * (width - bits)) / (bits + 1);
  }
  return sum;
};

/** All keys of `width` bits with at most `radius` bits set, fewest bits first, then ascending. */
export const flipsWithin = (width: number, radius: number): Uint32Array => {
  const flips = new Uint32Array(ballSize(width, radius));
  let written = 1;
  let previous = 0;
  for (let bits = 1; bits <= radius; bits++) {
    const from = written;
    for (let at = previous; at < from; at++) {
      const below = flips[at]!;
      // Each key arises once: only bits above its highest are added.
      for (let bit = 32 - Math.clz32(below); bit < width; bit++) flips[written++] = below | (1 << bit);
    }
    previous = from;
    flips.subarray(from, written).sort();
  }
  return flips;
};
