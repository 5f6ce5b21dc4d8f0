// Multi-index search in four steps, each a loop of loads that do not wait for each other, over many (needle, chunk)
// pairs at once: gather the buckets and touch their lines, compare sketches, fetch the survivors' slots and touch their
// hashes, compare hashes.

import { needleAt } from './hits';
import { Chunk, Job, PAIR, PAIR_ENDS, RANGE, chunkAt } from './job';
import { keyOf, sketchOf } from './keys';
import { compareSketches } from './sketches';
import { resolve } from './resolve';

const LINE: usize = 64;

export function probe(job: Job): void {
  let pair = job.pairs;
  let range = job.ranges;
  const lastPair = job.pairs + PAIR * job.pairCapacity;
  const lastRange = job.ranges + RANGE * job.rangeCapacity;
  for (let index: u32 = 0; index < job.chunkCount; index++) {
    const chunk = chunkAt(job, index);
    if (chunk.radius < 0) continue;
    const room = RANGE * load<u32>(chunk.flipCounts + 4 * chunk.radius);
    for (let needle: u32 = 0; needle < job.needleCount; needle++) {
      if (pair == lastPair || range + room > lastRange) {
        drain(job, pair);
        pair = job.pairs;
        range = job.ranges;
      }
      range = gather(job, needle, index, pair, range);
      pair += PAIR;
    }
  }
  drain(job, pair);
}

/** Step 1: the non-empty buckets of one chunk around one needle, nearest first; brings their sketches nearer. */
function gather(job: Job, needle: u32, index: u32, pair: usize, range: usize): usize {
  const chunk = chunkAt(job, index);
  const key = keyOf(needleAt(job, needle), chunk.offset, chunk.width);
  const starts = chunk.starts;
  const sketches = chunk.sketches;
  const flips = chunk.flips;
  const radius = chunk.radius;
  store<u32>(pair, needle);
  store<u32>(pair, index, 4);
  let flip: u32 = 0;
  let candidates: u32 = 0;
  let touched: u32 = 0;
  for (let bits = 0; bits <= radius; bits++) {
    const flipEnd = load<u32>(chunk.flipCounts + 4 * bits);
    for (; flip < flipEnd; flip++) {
      const at = starts + 4 * (key ^ load<u32>(flips + 4 * flip));
      const begin = load<u32>(at);
      const end = load<u32>(at, 4);
      store<u32>(range, begin);
      store<u32>(range, end, 4);
      // Without a branch: whether a bucket is empty cannot be predicted.
      range += select<usize>(RANGE, 0, end > begin);
      candidates += end - begin;
      for (let line = sketches + 2 * begin, last = sketches + 2 * end; line < last; line += LINE) touched ^= load<u8>(line);
    }
    store<u32>(pair + PAIR_ENDS + 4 * bits, <u32>range);
  }
  job.probes += flip;
  job.candidates += candidates;
  // Kept, or the compiler would be free to drop the loads.
  job.touched ^= touched;
  return range;
}

/** Steps 2 to 4 for all pairs gathered. */
function drain(job: Job, pairEnd: usize): void {
  let range = job.ranges;
  for (let pair = job.pairs; pair < pairEnd; pair += PAIR) {
    const chunk = chunkAt(job, load<u32>(pair, 4));
    const sketch = sketchOf(needleAt(job, load<u32>(pair)), chunk);
    const radius = chunk.radius;
    for (let bits = 0; bits <= radius; bits++) {
      const rangeEnd = <usize>load<u32>(pair + PAIR_ENDS + 4 * bits);
      compareSketches(job, pair, chunk, sketch, chunk.reach - bits, range, rangeEnd);
      range = rangeEnd;
    }
  }
  resolve(job);
}
