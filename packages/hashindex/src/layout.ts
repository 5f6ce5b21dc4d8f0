import { arenaBytes } from './arena.js';

/** Bytes of one hash: sixteen chunks of 16 bits. */
export const hashBytes = 32;
export const chunkCount = 16;
export const chunkBits = 16;
/** The kernel reads 64 bytes of sketches at once and up to four of slots, also at a table's end. */
const padding = 64;
/** A posting's slot has three bytes. */
export const maximumSegmentSize = 2 ** 24;

/** Bytes of the three columns every hash has: its bits, its entry number, its lists. */
export const columnBytes = (capacity: number) => ({
  hashes: hashBytes * capacity,
  entries: 4 * capacity,
  lists: 4 * capacity,
});

/** Bytes of one chunk's tables: 256 KiB of starts and five bytes a hash. */
export const chunkBytes = (size: number) => ({
  starts: 4 * (2 ** chunkBits + 1),
  sketches: 2 * size + padding,
  slots: 3 * size + padding,
});

/** Bytes of a whole segment without the room searches need. */
export const segmentBytes = (size: number, tables: 'with tables' | 'without tables'): number =>
  arenaBytes(Object.values(columnBytes(size))) +
  (tables === 'with tables' ? chunkCount * arenaBytes(Object.values(chunkBytes(size))) : 0);
