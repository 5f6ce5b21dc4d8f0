import { HASH, Job } from './job';

const HIT: usize = 16;

/** Bits in which the first 16 bytes of two hashes differ. */
// @ts-ignore: decorator
@inline
export function firstHalf(a: usize, b: usize): u32 {
  return <u32>(popcnt(load<u64>(a) ^ load<u64>(b)) + popcnt(load<u64>(a, 8) ^ load<u64>(b, 8)));
}

// @ts-ignore: decorator
@inline
export function secondHalf(a: usize, b: usize): u32 {
  return <u32>(popcnt(load<u64>(a, 16) ^ load<u64>(b, 16)) + popcnt(load<u64>(a, 24) ^ load<u64>(b, 24)));
}

/** Records a hash within the threshold, unless it is on none of the wanted lists. */
export function emit(job: Job, needle: u32, slot: u32, bits: u32): void {
  const lists = load<u32>(job.lists + 4 * slot) & job.wantedLists;
  if (lists == 0) return;
  if (job.hitCount < job.hitCapacity) {
    const hit = job.hits + HIT * job.hitCount;
    store<u32>(hit, needle);
    store<u32>(hit, load<u32>(job.entries + 4 * slot), 4);
    store<u32>(hit, bits, 8);
    store<u32>(hit, lists, 12);
  }
  job.hitCount++;
}

// @ts-ignore: decorator
@inline
export function hashAt(job: Job, slot: u32): usize {
  return job.hashes + HASH * slot;
}

// @ts-ignore: decorator
@inline
export function needleAt(job: Job, needle: u32): usize {
  return job.needles + HASH * needle;
}
