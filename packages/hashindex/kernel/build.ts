// Builds the postings of one chunk by counting sort in two rounds, by the key's first eight bits and then by the rest,
// so that each round writes to few places: one round over 65,536 buckets misses the caches at nearly every write.

import { CHUNKS, HASH, KEYS, chunkRecord, keyOf, sketchOf } from './job';

const TOPS: u32 = 256;
/** Keys that share their first eight bits. */
const RESTS: u32 = KEYS / TOPS;
/** A posting on its way: u32 slot, u16 rest of the key, u16 sketch. */
const TRAVELLER: usize = 8;

/** Counts every chunk's first eight bits: counts[chunk][top], u32. `counts` must be zero. */
export function countTops(hashes: usize, size: u32, counts: usize): void {
  for (let slot: u32 = 0; slot < size; slot++, hashes += HASH) {
    for (let index: u32 = 0; index < CHUNKS; index++) {
      const at = counts + 4 * (TOPS * index + keyOf(hashes, index) / RESTS);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
}

/** Fills one chunk's starts, sketches and slots. `counts` is what `countTops` left, `room` has eight bytes a hash. */
export function buildTables(chunks: usize, index: u32, hashes: usize, size: u32, counts: usize, room: usize): void {
  const ends = counts + 4 * TOPS * index;
  partition(index, hashes, size, ends, room);
  let begin: u32 = 0;
  for (let top: u32 = 0; top < TOPS; top++) {
    const end = load<u32>(ends + 4 * top);
    place(chunks, index, top, begin, end, room);
    begin = end;
  }
}

/** First round: travellers in the order of their top; turns the counts into each top's end. */
function partition(index: u32, hashes: usize, size: u32, counts: usize, room: usize): void {
  let begin: u32 = 0;
  for (let top: u32 = 0; top < TOPS; top++) {
    const at = counts + 4 * top;
    const count = load<u32>(at);
    store<u32>(at, begin);
    begin += count;
  }
  for (let slot: u32 = 0; slot < size; slot++, hashes += HASH) {
    const key = keyOf(hashes, index);
    const at = counts + 4 * (key / RESTS);
    const traveller = load<u32>(at);
    store<u32>(at, traveller + 1);
    const to = room + TRAVELLER * traveller;
    store<u32>(to, slot);
    store<u32>(to, (key % RESTS) | (sketchOf(hashes, index) << 16), 4);
  }
}

/** Second round, within one top: counts the rests in the starts themselves, then places sketch and slot. */
function place(chunks: usize, index: u32, top: u32, begin: u32, end: u32, room: usize): void {
  const chunk = chunkRecord(chunks, index);
  const starts = chunk.starts + 4 * RESTS * top;
  const sketches = chunk.sketches;
  const slots = chunk.slots;
  const last = room + TRAVELLER * end;
  // The counts stand one key further on, so that after placing each start is where it belongs. The last of them is
  // the next top's first start, which that top writes again.
  const counts = starts + 4;
  memory.fill(counts, 0, 4 * RESTS);
  for (let from = room + TRAVELLER * begin; from < last; from += TRAVELLER) {
    const at = counts + 4 * load<u16>(from, 4);
    store<u32>(at, load<u32>(at) + 1);
  }
  store<u32>(starts, begin);
  let next = begin;
  for (let rest: u32 = 0; rest < RESTS; rest++) {
    const at = counts + 4 * rest;
    const count = load<u32>(at);
    store<u32>(at, next);
    next += count;
  }
  for (let from = room + TRAVELLER * begin; from < last; from += TRAVELLER) {
    const at = counts + 4 * load<u16>(from, 4);
    const posting = load<u32>(at);
    store<u32>(at, posting + 1);
    store<u16>(sketches + 2 * posting, load<u16>(from, 6));
    const slot = load<u32>(from);
    const third = slots + 3 * posting;
    store<u16>(third, <u16>slot);
    store<u8>(third, <u8>(slot >> 16), 2);
  }
}
