// The plain scan: every hash against every needle, four needles a pass. Exact for any threshold, needs no tables, and
// reads memory at nearly the rate the machine can deliver. Scalar i64.popcnt is one instruction; i8x16.popcnt is ten.

import { emit, firstHalf, hashAt, needleAt, secondHalf } from './hits';
import { HASH, Job } from './job';

export function scan(job: Job): void {
  const count = job.needleCount;
  let needle: u32 = 0;
  for (; needle + 4 <= count; needle += 4) scanFour(job, needle);
  for (; needle < count; needle++) scanOne(job, needle);
}

function scanFour(job: Job, needle: u32): void {
  const threshold = job.threshold;
  const size = job.size;
  const a = needleAt(job, needle);
  const a0 = load<u64>(a);
  const a1 = load<u64>(a, 8);
  const b0 = load<u64>(a, 32);
  const b1 = load<u64>(a, 40);
  const c0 = load<u64>(a, 64);
  const c1 = load<u64>(a, 72);
  const d0 = load<u64>(a, 96);
  const d1 = load<u64>(a, 104);
  let hash = job.hashes;
  for (let slot: u32 = 0; slot < size; slot++, hash += HASH) {
    const h0 = load<u64>(hash);
    const h1 = load<u64>(hash, 8);
    if (<u32>(popcnt(h0 ^ a0) + popcnt(h1 ^ a1)) <= threshold) finish(job, needle, slot);
    if (<u32>(popcnt(h0 ^ b0) + popcnt(h1 ^ b1)) <= threshold) finish(job, needle + 1, slot);
    if (<u32>(popcnt(h0 ^ c0) + popcnt(h1 ^ c1)) <= threshold) finish(job, needle + 2, slot);
    if (<u32>(popcnt(h0 ^ d0) + popcnt(h1 ^ d1)) <= threshold) finish(job, needle + 3, slot);
  }
  job.candidates += 4 * size;
  job.passes++;
}

function scanOne(job: Job, needle: u32): void {
  const threshold = job.threshold;
  const size = job.size;
  const a = needleAt(job, needle);
  const a0 = load<u64>(a);
  const a1 = load<u64>(a, 8);
  let hash = job.hashes;
  for (let slot: u32 = 0; slot < size; slot++, hash += HASH) {
    if (<u32>(popcnt(load<u64>(hash) ^ a0) + popcnt(load<u64>(hash, 8) ^ a1)) <= threshold) finish(job, needle, slot);
  }
  job.candidates += size;
  job.passes++;
}

/** Half of the hash is within the threshold: looks at the other half. */
function finish(job: Job, needle: u32, slot: u32): void {
  const a = needleAt(job, needle);
  const hash = hashAt(job, slot);
  const bits = firstHalf(a, hash) + secondHalf(a, hash);
  job.verified++;
  if (bits <= job.threshold) emit(job, needle, slot, bits);
}
