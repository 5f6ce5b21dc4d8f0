import type { WorkCounters } from './search-segment.js';
import type { Segment } from './segment.js';

/** From the pool to a thread: search these segments, of which `fresh` are new to it and the others known by id. */
export interface SearchRequest {
  readonly segments: readonly string[];
  readonly fresh: readonly Segment[];
  readonly needles: Uint8Array;
  readonly threshold: number;
  readonly lists: number;
}

/** From a thread: quadruples of u32 (needle, entry, distance, lists) in no order, and the work done. */
export interface SearchReply {
  readonly hits: Uint32Array;
  readonly counters: WorkCounters;
}
