// The plain scan: every hash against every needle, four needles a pass. Exact for any threshold, needs no tables.
// Scalar i64.popcnt is one instruction; V8 makes ten of i8x16.popcnt.

import { emit, firstHalf, hashAt, needleAt, secondHalf } from './hits';
import { HASH, Job } from './job';

/** Half a hash of random bits is this near to another often enough that looking at halves first no longer pays. */
const HALF_PAYS: u32 = 44;

/** Finds every hash within the job's threshold by comparing all. */
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
  const b = a + HASH;
  const c = b + HASH;
  const d = c + HASH;
  let hash = job.hashes;
  job.passes++;
  if (threshold > HALF_PAYS) {
    for (let slot: u32 = 0; slot < size; slot++, hash += HASH) {
      if (firstHalf(a, hash) + secondHalf(a, hash) <= threshold) finish(job, needle, slot);
      if (firstHalf(b, hash) + secondHalf(b, hash) <= threshold) finish(job, needle + 1, slot);
      if (firstHalf(c, hash) + secondHalf(c, hash) <= threshold) finish(job, needle + 2, slot);
      if (firstHalf(d, hash) + secondHalf(d, hash) <= threshold) finish(job, needle + 3, slot);
    }
    return;
  }
  for (let slot: u32 = 0; slot < size; slot++, hash += HASH) {
    if (firstHalf(a, hash) <= threshold) finish(job, needle, slot);
    if (firstHalf(b, hash) <= threshold) finish(job, needle + 1, slot);
    if (firstHalf(c, hash) <= threshold) finish(job, needle + 2, slot);
    if (firstHalf(d, hash) <= threshold) finish(job, needle + 3, slot);
  }
}

function scanOne(job: Job, needle: u32): void {
  const threshold = job.threshold;
  const size = job.size;
  const a = needleAt(job, needle);
  let hash = job.hashes;
  for (let slot: u32 = 0; slot < size; slot++, hash += HASH) {
    if (firstHalf(a, hash) <= threshold) finish(job, needle, slot);
  }
  job.passes++;
}

/** Part of the hash is within the threshold: looks at all of it. */
function finish(job: Job, needle: u32, slot: u32): void {
  const a = needleAt(job, needle);
  const hash = hashAt(job, slot);
  const bits = firstHalf(a, hash) + secondHalf(a, hash);
  job.verified++;
  if (bits <= job.threshold) emit(job, needle, slot, bits);
}
