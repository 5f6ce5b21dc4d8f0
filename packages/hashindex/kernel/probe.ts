// Multi-index search in four steps, each a loop of loads that do not wait for each other, over many (needle, chunk)
// pairs at once: gather the buckets and touch their lines, compare sketches, fetch the survivors' slots and touch their
// hashes, compare hashes.

import { needleAt } from './hits';
import { CHUNKS, Job, KEYS, PAIR, PAIR_ENDS, RANGE, chunkAt, keyOf, sketchOf } from './job';
import { orderNeedles } from './order';
import { resolve } from './resolve';
import { compareSketches } from './sketches';

const LINE: usize = 64;

/** Finds every hash within the job's threshold, by the radii and reaches of its chunks. */
export function probe(job: Job): void {
  let pair = job.pairs;
  let range = job.ranges;
  const lastPair = job.pairs + PAIR * job.pairCapacity;
  const lastRange = job.ranges + RANGE * job.rangeCapacity;
  const count = job.needleCount;
  for (let index: u32 = 0; index < CHUNKS; index++) {
    const radius = chunkAt(job, index).radius;
    if (radius < 0) continue;
    const room = RANGE * load<u32>(job.flipCounts + 4 * radius);
    orderNeedles(job, index);
    for (let place: u32 = 0; place < count; place++) {
      if (pair == lastPair || range + room > lastRange) {
        drain(job, pair);
        pair = job.pairs;
        range = job.ranges;
      }
      range = gather(job, load<u32>(job.order + 4 * place), index, pair, range);
      pair += PAIR;
    }
  }
  drain(job, pair);
}

/** Step 1: the non-empty buckets of one chunk around one needle, nearest first; brings their sketches nearer. */
function gather(job: Job, needle: u32, index: u32, pair: usize, range: usize): usize {
  const chunk = chunkAt(job, index);
  const key = keyOf(needleAt(job, needle), index);
  const starts = chunk.starts;
  const sketches = chunk.sketches;
  const radius = chunk.radius;
  const flips = job.flips;
  // A number of lines that is the same for every bucket: branches on its own size would be guessed wrongly.
  const bytes: usize = (2 * job.size) / KEYS;
  store<u32>(pair, needle);
  store<u32>(pair, index, 4);
  let flip: u32 = 0;
  let candidates: u32 = 0;
  let touched: u32 = 0;
  for (let bits = 0; bits <= radius; bits++) {
    const flipEnd = load<u32>(job.flipCounts + 4 * bits);
    for (; flip < flipEnd; flip++) {
      const at = starts + 4 * (key ^ load<u16>(flips + 2 * flip));
      const begin = load<u32>(at);
      const end = load<u32>(at, 4);
      store<u32>(range, begin);
      store<u32>(range, end, 4);
      // Without a branch: whether a bucket is empty cannot be predicted.
      range += <usize>(end > begin) * RANGE;
      candidates += end - begin;
      const first = sketches + 2 * begin;
      for (let line: usize = 0; line < bytes; line += LINE) touched ^= load<u8>(first + line);
      touched ^= load<u8>(sketches + 2 * end);
    }
    store<u32>(pair + PAIR_ENDS + 4 * bits, <u32>range);
  }
  job.probes += flip;
  const sum = job.candidates + candidates;
  if (sum < candidates) job.candidatesOverflow++;
  job.candidates = sum;
  // Kept, or the compiler would be free to drop the loads.
  job.touched ^= touched;
  return range;
}

/** Steps 2 to 4 for all pairs gathered. */
function drain(job: Job, pairEnd: usize): void {
  let range = job.ranges;
  for (let pair = job.pairs; pair < pairEnd; pair += PAIR) {
    const index = load<u32>(pair, 4);
    const chunk = chunkAt(job, index);
    const sketch = sketchOf(needleAt(job, load<u32>(pair)), index);
    for (let bits = 0; bits <= chunk.radius; bits++) {
      const rangeEnd = <usize>load<u32>(pair + PAIR_ENDS + 4 * bits);
      compareSketches(job, pair, chunk, sketch, chunk.reach - bits, range, rangeEnd);
      range = rangeEnd;
    }
  }
  resolve(job);
}
