// Builds the postings of one chunk by counting sort: count the keys, turn counts into starts, place each posting.

import { HASH, Chunk } from './job';
import { keyOf, sketchOf } from './keys';

/** starts[key + 1] += 1 for every hash. `starts` must be zero. */
export function countKeys(chunk: Chunk, hashes: usize, size: u32): void {
  const offset = chunk.offset;
  const width = chunk.width;
  const counts = chunk.starts + 4;
  for (let slot: u32 = 0; slot < size; slot++, hashes += HASH) {
    const at = counts + 4 * keyOf(hashes, offset, width);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** Counts to begins, shifted by one key so that `placeKeys` leaves every start where it belongs. */
export function startsFromCounts(chunk: Chunk): void {
  const starts = chunk.starts;
  const keys: u32 = 1 << chunk.width;
  let begin: u32 = 0;
  for (let key: u32 = 1; key <= keys; key++) {
    const at = starts + 4 * key;
    const count = load<u32>(at);
    store<u32>(at, begin);
    begin += count;
  }
}

/** Places sketch and slot of every hash; afterwards starts[key] is a key's begin and starts[key + 1] its end. */
export function placeKeys(chunk: Chunk, hashes: usize, size: u32): void {
  const offset = chunk.offset;
  const width = chunk.width;
  const next = chunk.starts + 4;
  const sketches = chunk.sketches;
  const slots = chunk.slots;
  for (let slot: u32 = 0; slot < size; slot++, hashes += HASH) {
    const at = next + 4 * keyOf(hashes, offset, width);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u16>(sketches + 2 * place, <u16>sketchOf(hashes, chunk));
    const third = slots + 3 * place;
    store<u16>(third, <u16>slot);
    store<u8>(third, <u8>(slot >> 16), 2);
  }
}
