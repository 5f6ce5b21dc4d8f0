import { readSync } from 'node:fs';
import { AttributionError } from '../attribution-error.js';
import { readBeyond } from './bit-field.js';

/**
 * Pages of segments in memory, as many bytes as it was opened with and no more, however many segments share it. A page
 * that was not asked for since the hand last came by makes room (the clock of second chances).
 */
export interface RunCache {
  readonly view: DataView;
  /** @param bytes length of the file */
  readonly attach: (file: number, bytes: number) => CachedFile;
}

export interface CachedFile {
  /** Where in the view `length` bytes from `at` of the file stand, until the next call; −1 for more than a page holds. */
  readonly place: (at: number, length: number) => number;
  readonly detach: () => void;
}

const pageBytes = 8192;
/** A page goes on into the next one, so that a run of up to so many bytes that begins in it is in it. */
const overlap = 1024;
const slotBytes = pageBytes + overlap;

export const openRunCache = (bytes: number): RunCache => {
  const slots = Math.max(1, Math.floor(bytes / slotBytes));
  const memory = Buffer.allocUnsafeSlow(slots * slotBytes);
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const owners: (Int32Array | undefined)[] = Array.from({ length: slots }, () => undefined);
  const pageIn = new Int32Array(slots);
  const asked = new Uint8Array(slots);
  let hand = 0;

  const claim = (slotOf: Int32Array, page: number): number => {
    for (; owners[hand] !== undefined && asked[hand] === 1; hand = (hand + 1) % slots) asked[hand] = 0;
    const slot = hand;
    hand = (hand + 1) % slots;
    const owner = owners[slot];
    if (owner !== undefined) owner[pageIn[slot]!] = -1;
    owners[slot] = slotOf;
    pageIn[slot] = page;
    slotOf[page] = slot;
    return slot;
  };

  const attach = (file: number, fileBytes: number): CachedFile => {
    const slotOf = new Int32Array(Math.ceil(fileBytes / pageBytes)).fill(-1);
    return {
      place: (at, length) => {
        const page = Math.floor(at / pageBytes);
        const within = at - page * pageBytes;
        if (within + length > slotBytes - readBeyond) return -1;
        let slot = slotOf[page]!;
        if (slot < 0) {
          slot = claim(slotOf, page);
          const wanted = Math.min(slotBytes, fileBytes - page * pageBytes);
          const got = readSync(file, memory, slot * slotBytes, wanted, page * pageBytes);
          if (got !== wanted) throw new AttributionError('damaged-segment', 'it became shorter');
        }
        asked[slot] = 1;
        return slot * slotBytes + within;
      },
      detach: () => {
        for (const slot of slotOf) if (slot >= 0) owners[slot] = undefined;
        slotOf.fill(-1);
      },
    };
  };
  return { view, attach };
};
