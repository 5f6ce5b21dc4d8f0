import { arenaBytes } from './arena.js';

/** Bytes of one hash. */
export const hashBytes = 32;
/** The kernel reads eight bytes at once, also at the end of a table, and sketches sixteen. */
export const padding = 16;
/** A posting's slot has three bytes. */
export const maximumSegmentSize = 2 ** 24;

/** Bytes of the three columns every hash has: its bits, its entry number, its lists. */
export const columnBytes = (capacity: number) => ({
  hashes: hashBytes * capacity + padding,
  entries: 4 * capacity,
  lists: 4 * capacity,
});

/** Bytes of one chunk's tables. */
export const chunkBytes = (width: number, size: number) => ({
  starts: 4 * (2 ** width + 1),
  sketches: 2 * size + padding,
  slots: 3 * size + padding,
});

/** Bytes of a whole segment without the room searches need. */
export const segmentBytes = (size: number, widths: readonly number[]): number =>
  arenaBytes([
    ...Object.values(columnBytes(size)),
    ...widths.flatMap((width) => Object.values(chunkBytes(width, size))),
  ]);
