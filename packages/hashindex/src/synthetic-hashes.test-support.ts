import { hashBytes } from './layout.js';

/** Random numbers that are the same in every run: xorshift128 (Marsaglia 2003). */
export const seededWords = (seed: number): (() => number) => {
  let [x, y, z, w] = [seed | 1, 0x159a55e5, 0x1f123bb5, 0x0b5ad4e3];
  return () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
};

/** `count` hashes of independent even bits, packed. */
export const randomHashes = (count: number, next: () => number): Uint8Array => {
  const words = new Uint32Array((count * hashBytes) / 4);
  for (let at = 0; at < words.length; at++) words[at] = next();
  return new Uint8Array(words.buffer);
};

/** A copy of a hash with exactly `distance` different bits. */
export const atDistance = (hash: Uint8Array, distance: number, next: () => number): Uint8Array => {
  const copy = new Uint8Array(hash);
  const flipped = new Set<number>();
  while (flipped.size < distance) flipped.add(next() % 256);
  for (const bit of flipped) copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
};

/** Needles of which every second is random and every other lies 0 to `farthest` bits from one of the hashes. */
export const plantedNeedles = (hashes: Uint8Array, count: number, farthest: number, next: () => number): Uint8Array => {
  const needles = randomHashes(count, next);
  const hashCount = hashes.length / hashBytes;
  for (let at = 0; at < count && hashCount > 0; at += 2) {
    const from = hashBytes * (next() % hashCount);
    const near = atDistance(hashes.subarray(from, from + hashBytes), (at / 2) % (farthest + 1), next);
    needles.set(near, hashBytes * at);
  }
  return needles;
};
