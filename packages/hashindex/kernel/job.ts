// What the host writes into memory before a search. Field order is mirrored in src/job.ts.

/** Bytes of a hash: sixteen chunks of 16 bits. */
export const HASH: usize = 32;
export const CHUNKS: u32 = 16;
/** Values a chunk can have. */
export const KEYS: u32 = 65536;

/** One chunk of the hash: where its tables lie, and how far from the needle it is probed this time. */
@unmanaged
export class Chunk {
  /** u32[KEYS + 1]: where each key's postings begin. */
  starts: usize;
  /** u16 a posting: the chunk that follows, so that nearly all candidates are refused without touching a hash. */
  sketches: usize;
  /** 3 bytes a posting: the hash's place in the segment. */
  slots: usize;
  /** Largest distance of the chunk that is probed; negative when it is not probed at all. */
  radius: i32;
  /** Largest distance of the chunk and its follower together (the cycle lemma, src/radii.ts). */
  reach: i32;
}

/** One search: the segment, the needles, the room for hits and for intermediate lists, and what was counted. */
@unmanaged
export class Job {
  hashes: usize;
  /** u32 a hash: the number the caller knows it by. */
  entries: usize;
  /** u32 a hash: the lists it is on; none once removed. */
  lists: usize;
  size: u32;
  /** Chunk[CHUNKS]. */
  chunks: usize;
  /** u16[]: keys with few bits set, fewest first; and u32[8]: how many of them have at most 0, 1, … 7 bits set. */
  flips: usize;
  flipCounts: usize;
  needles: usize;
  needleCount: u32;
  threshold: u32;
  wantedLists: u32;
  hits: usize;
  hitCapacity: u32;
  /** Hits found, also those beyond the capacity: the host then makes room and asks again. */
  hitCount: u32;
  /** u32[needleCount]: needles in the order they are looked up in the chunk at hand; and room to count them. */
  order: usize;
  orderCounts: usize;
  pairs: usize;
  pairCapacity: u32;
  ranges: usize;
  rangeCapacity: u32;
  survivors: usize;
  survivorCapacity: u32;
  survivorCount: u32;
  /** Work done: buckets looked up, postings compared by sketch, hashes compared in full, passes over all hashes. */
  probes: u32;
  candidates: u32;
  /** How often `candidates` has run over. */
  candidatesOverflow: u32;
  verified: u32;
  passes: u32;
  touched: u32;
}

/** A (needle, chunk) pair: u32 needle, u32 index of the chunk, then for each radius 0…7 where its ranges end. */
export const PAIR: usize = 40;
export const PAIR_ENDS: usize = 8;
/** A bucket: u32 begin and end of its postings. */
export const RANGE: usize = 8;
/** A posting whose sketch is near: u32 posting (later: slot), u32 pair. */
export const SURVIVOR: usize = 8;

// @ts-ignore: decorator
@inline
export function chunkRecord(chunks: usize, index: u32): Chunk {
  return changetype<Chunk>(chunks + offsetof<Chunk>() * index);
}

// @ts-ignore: decorator
@inline
export function chunkAt(job: Job, index: u32): Chunk {
  return chunkRecord(job.chunks, index);
}

/** A chunk's bits as a number. */
// @ts-ignore: decorator
@inline
export function keyOf(hash: usize, index: u32): u32 {
  return load<u16>(hash + 2 * index);
}

/** The chunk that follows on the ring. */
// @ts-ignore: decorator
@inline
export function sketchOf(hash: usize, index: u32): u32 {
  return keyOf(hash, (index + 1) & (CHUNKS - 1));
}
