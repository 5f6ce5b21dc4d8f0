// What the host writes into memory before a search. Field order is mirrored in src/job.ts.

/** One chunk of the hash: which bits, where its tables lie, and how far from the needle it is probed this time. */
@unmanaged
export class Chunk {
  /** First bit in the permuted hash, and number of bits (16 to 24). */
  offset: u32;
  width: u32;
  /** u32[2^width + 1]: where each key's postings begin. */
  starts: usize;
  /** u16 a posting: the 16 bits that follow the chunk, so that most candidates are refused without touching a hash. */
  sketches: usize;
  /** 3 bytes a posting: the hash's place in the segment. */
  slots: usize;
  /** Largest distance of the chunk that is probed; negative when it is not probed at all. */
  radius: i32;
  /** Largest distance of chunk and sketch together (the cycle lemma, src/radii.ts). */
  reach: i32;
  /** u32[]: keys with few bits set, fewest first. */
  flips: usize;
  /** u32[8]: how many of them have at most 0, 1, … 7 bits set. */
  flipCounts: usize;
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
  chunks: usize;
  chunkCount: u32;
  needles: usize;
  needleCount: u32;
  threshold: u32;
  wantedLists: u32;
  hits: usize;
  hitCapacity: u32;
  /** Hits found, also those beyond the capacity: the host then makes room and asks again. */
  hitCount: u32;
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
  verified: u32;
  passes: u32;
  touched: u32;
}

export const HASH: usize = 32;
/** A (needle, chunk) pair: u32 needle, u32 index of the chunk, then for each radius 0…7 where its ranges end. */
export const PAIR: usize = 40;
export const PAIR_ENDS: usize = 8;
/** A bucket: u32 begin and end of its postings. */
export const RANGE: usize = 8;
/** A posting whose sketch is near: u32 posting (later: slot), u32 pair. */
export const SURVIVOR: usize = 8;

// @ts-ignore: decorator
@inline
export function chunkAt(job: Job, index: u32): Chunk {
  return changetype<Chunk>(job.chunks + offsetof<Chunk>() * index);
}
