// Step 2: compares a needle's sketch with the sketches of whole buckets, eight lanes to a vector.
//
// A 16-bit lane differs in at most n bits when clearing its lowest set bit n times leaves zero: for small n fewer
// instructions than counting, which V8 has to do with table shuffles. Buckets are walked in steps of 8 or, where they
// are full enough, 32 lanes: most buckets then take one step, and a loop that runs once is predicted well.

import { Chunk, Job, KEYS, RANGE, SURVIVOR } from './job';
import { resolve } from './resolve';

/** Notes the postings of ranges `range` to `rangeEnd` whose sketch is within `reach` bits of `sketch`. */
export function compareSketches(
  job: Job,
  pair: usize,
  chunk: Chunk,
  sketch: u32,
  reach: i32,
  range: usize,
  rangeEnd: usize,
): void {
  if (reach == 2) compare(job, pair, chunk, sketch, 2, range, rangeEnd);
  else if (reach == 3) compare(job, pair, chunk, sketch, 3, range, rangeEnd);
  else if (reach == 1) compare(job, pair, chunk, sketch, 1, range, rangeEnd);
  else if (reach == 4) compare(job, pair, chunk, sketch, 4, range, rangeEnd);
  else if (reach == 0) compare(job, pair, chunk, sketch, 0, range, rangeEnd);
  else if (reach > 4) compare(job, pair, chunk, sketch, reach, range, rangeEnd);
}

/** Written once for all: with a constant `reach` the compiler unrolls it, above 4 it counts bits. */
// @ts-ignore: decorator
@inline
function compare(
  job: Job,
  pair: usize,
  chunk: Chunk,
  sketch: u32,
  reach: i32,
  range: usize,
  rangeEnd: usize,
): void {
  const wanted = i16x8.splat(<i16>sketch);
  const sketches = chunk.sketches;
  if (job.size < 4 * KEYS) {
    for (; range < rangeEnd; range += RANGE) {
      const end = load<u32>(range, 4);
      for (let posting = load<u32>(range); posting < end; posting += 8) {
        const near = nearIn(sketches + 2 * posting, wanted, reach);
        if (v128.any_true(near)) noteNear(job, pair, posting, end, i16x8.bitmask(near));
      }
    }
    return;
  }
  for (; range < rangeEnd; range += RANGE) {
    const end = load<u32>(range, 4);
    for (let posting = load<u32>(range); posting < end; posting += 32) {
      const at = sketches + 2 * posting;
      const a = nearIn(at, wanted, reach);
      const b = nearIn(at + 16, wanted, reach);
      const c = nearIn(at + 32, wanted, reach);
      const d = nearIn(at + 48, wanted, reach);
      if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
        const lower = i8x16.bitmask(i8x16.narrow_i16x8_s(a, b));
        const upper = i8x16.bitmask(i8x16.narrow_i16x8_s(c, d));
        noteNear(job, pair, posting, end, lower | (upper << 16));
      }
    }
  }
}

/** All ones in each of eight lanes that is within `reach` bits of the wanted sketch. */
// @ts-ignore: decorator
@inline
function nearIn(at: usize, wanted: v128, reach: i32): v128 {
  const differing = v128.xor(v128.load(at), wanted);
  if (reach > 4) {
    const counts = i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(differing));
    return i16x8.le_s(counts, i16x8.splat(<i16>reach));
  }
  let rest = differing;
  if (reach > 0) rest = withoutLowestBit(rest);
  if (reach > 1) rest = withoutLowestBit(rest);
  if (reach > 2) rest = withoutLowestBit(rest);
  if (reach > 3) rest = withoutLowestBit(rest);
  return i16x8.eq(rest, i16x8.splat(0));
}

// @ts-ignore: decorator
@inline
function withoutLowestBit(lanes: v128): v128 {
  return v128.and(lanes, i16x8.add(lanes, i16x8.splat(-1)));
}

/** Notes the near lanes; those at `end` and beyond belong to the next bucket. */
function noteNear(job: Job, pair: usize, posting: u32, end: u32, near: u32): void {
  const lanes = end - posting;
  if (lanes < 32) near &= (1 << lanes) - 1;
  for (; near != 0; near &= near - 1) {
    if (job.survivorCount == job.survivorCapacity) resolve(job);
    const survivor = job.survivors + SURVIVOR * job.survivorCount++;
    store<u32>(survivor, posting + ctz(near));
    store<u32>(survivor, <u32>pair, 4);
  }
}
