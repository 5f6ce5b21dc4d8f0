// Step 2: compares a needle's sketch with the sketches of whole buckets, eight at a time.
//
// A 16-bit lane differs in at most n bits when clearing its lowest set bit n times leaves zero: for small n fewer
// instructions than counting, which V8 has to do with table shuffles.

import { Chunk, Job, RANGE, SURVIVOR } from './job';
import { resolve } from './resolve';

const LANES: u32 = 8;

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
  for (; range < rangeEnd; range += RANGE) {
    const end = load<u32>(range, 4);
    for (let posting = load<u32>(range); posting < end; posting += LANES) {
      const differing = v128.xor(v128.load(sketches + 2 * posting), wanted);
      let near = i16x8.bitmask(lanesWithin(differing, reach));
      if (near == 0) continue;
      // The last vector of a bucket reaches into the next one.
      if (end - posting < LANES) near &= (1 << (end - posting)) - 1;
      for (; near != 0; near &= near - 1) note(job, posting + ctz(near), pair);
    }
  }
}

// @ts-ignore: decorator
@inline
function lanesWithin(differing: v128, reach: i32): v128 {
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

function note(job: Job, posting: u32, pair: usize): void {
  if (job.survivorCount == job.survivorCapacity) resolve(job);
  const survivor = job.survivors + SURVIVOR * job.survivorCount++;
  store<u32>(survivor, posting);
  store<u32>(survivor, <u32>pair, 4);
}
