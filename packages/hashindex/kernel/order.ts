import { needleAt } from './hits';
import { Job, keyOf } from './job';

const ORDER_BITS: u32 = 12;
const ORDER_KEYS: u32 = 1 << ORDER_BITS;
/** Fewer needles than this are not worth the sorting. */
const WORTHWHILE: u32 = 128;

/**
 * Sorts the needles by the first bits of a chunk (counting sort), so that one after the other looks into the same
 * regions of the tables, which are then in the nearer caches: twice the speed at 10 million hashes.
 */
export function orderNeedles(job: Job, index: u32): void {
  const count = job.needleCount;
  const order = job.order;
  if (count < WORTHWHILE) {
    for (let needle: u32 = 0; needle < count; needle++) store<u32>(order + 4 * needle, needle);
    return;
  }
  const counts = job.orderCounts;
  memory.fill(counts, 0, 4 * (ORDER_KEYS + 1));
  for (let needle: u32 = 0; needle < count; needle++) {
    const at = counts + 4 + 4 * firstBits(job, needle, index);
    store<u32>(at, load<u32>(at) + 1);
  }
  for (let key: u32 = 1; key < ORDER_KEYS; key++) {
    const at = counts + 4 * key;
    store<u32>(at, load<u32>(at) + load<u32>(at - 4));
  }
  for (let needle: u32 = 0; needle < count; needle++) {
    const at = counts + 4 * firstBits(job, needle, index);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u32>(order + 4 * place, needle);
  }
}

// @ts-ignore: decorator
@inline
function firstBits(job: Job, needle: u32, index: u32): u32 {
  return keyOf(needleAt(job, needle), index) >> (16 - ORDER_BITS);
}
