// Steps 3 and 4: from the postings whose sketch is near to hashes within the threshold.

import { emit, firstHalf, hashAt, needleAt, secondHalf } from './hits';
import { Job, SURVIVOR, chunkAt, keyOf, sketchOf } from './job';

/** Compares the hash of every survivor with its needle and empties the list. */
export function resolve(job: Job): void {
  const end = job.survivors + SURVIVOR * job.survivorCount;
  let touched: u32 = 0;
  for (let survivor = job.survivors; survivor < end; survivor += SURVIVOR) {
    const chunk = chunkAt(job, load<u32>(<usize>load<u32>(survivor, 4), 4));
    const slot = load<u32>(chunk.slots + 3 * load<u32>(survivor)) & 0xffffff;
    touched ^= load<u8>(hashAt(job, slot));
    store<u32>(survivor, slot);
  }
  job.touched ^= touched;
  for (let survivor = job.survivors; survivor < end; survivor += SURVIVOR) {
    const pair = <usize>load<u32>(survivor, 4);
    verify(job, load<u32>(pair), load<u32>(pair, 4), load<u32>(survivor));
  }
  job.verified += job.survivorCount;
  job.survivorCount = 0;
}

// @ts-ignore: decorator
@inline
function verify(job: Job, needle: u32, index: u32, slot: u32): void {
  const a = needleAt(job, needle);
  const hash = hashAt(job, slot);
  const half = firstHalf(a, hash);
  if (half > job.threshold) return;
  const bits = half + secondHalf(a, hash);
  if (bits <= job.threshold && firstToFind(job, a, hash, index)) emit(job, needle, slot, bits);
}

/** A near hash turns up in several chunks: it is reported by the first of them. */
function firstToFind(job: Job, a: usize, hash: usize, index: u32): bool {
  for (let before: u32 = 0; before < index; before++) {
    const chunk = chunkAt(job, before);
    const bits = popcnt(keyOf(a, before) ^ keyOf(hash, before));
    if (<i32>bits > chunk.radius) continue;
    if (<i32>(bits + popcnt(sketchOf(a, before) ^ sketchOf(hash, before))) <= chunk.reach) return false;
  }
  return true;
}
