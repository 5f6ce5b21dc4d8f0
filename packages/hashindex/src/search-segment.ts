import { methodFor } from './cost-model.js';
import {
  batchNeedles,
  chunkRecordBytes,
  hitBytes,
  type JobRecord,
  newScratch,
  readJob,
  type Scratch,
  withHitCapacity,
  writeChunk,
  writeJob,
} from './job.js';
import { instantiate, type Kernel } from './kernel.js';
import { hashBytes } from './layout.js';
import { reachesFor } from './radii.js';
import { type Segment, segmentSize } from './segment.js';

/** Work done by searches, summed; see `ExpectedWork` for what is expected of one needle. */
export interface WorkCounters {
  /** Buckets looked up. */
  probes: number;
  /** Postings compared by sketch. */
  candidates: number;
  /** Hashes compared in full after a sketch or half a hash was near. */
  verified: number;
  /** Passes over all hashes of a segment, each for up to four needles. */
  passes: number;
  /** Searches asked again since the hits did not fit. */
  repeated: number;
}

export const newCounters = (): WorkCounters => ({ probes: 0, candidates: 0, verified: 0, passes: 0, repeated: 0 });

/** One thread's means to search one segment. */
export interface SegmentSearcher {
  readonly segment: Segment;
  readonly kernel: Kernel;
  scratch: Scratch;
}

export const segmentSearcher = (segment: Segment): SegmentSearcher => ({
  segment,
  kernel: instantiate(segment.memory),
  scratch: newScratch(segment.memory, segment.chunks.length),
});

/** Needles looked for together: at most `batchNeedles` hashes of 32 bytes, as given. */
export interface Query {
  readonly needles: Uint8Array;
  readonly threshold: number;
  /** Bits of the lists of interest. */
  readonly lists: number;
}

/** Above this many hits a batch is searched in halves instead of making room for all of them at once. */
const comfortableHits = 1 << 20;

/**
 * Tells `found` the hits of a batch, perhaps in several parts, as quadruples of u32 (needle of the part, entry,
 * distance, lists) in no order, with the part's first needle. The view is overwritten by the next search.
 */
export const searchSegment = (
  searcher: SegmentSearcher,
  query: Query,
  counters: WorkCounters,
  found: (hits: Uint32Array, firstNeedle: number) => void,
  firstNeedle = 0,
): void => {
  const { segment, scratch } = searcher;
  const { memory } = segment;
  const done = run(searcher, query);
  counters.probes += done.probes;
  counters.candidates += done.candidates;
  counters.verified += done.verified;
  counters.passes += done.passes;
  if (done.hitCount <= scratch.hitCapacity) {
    found(new Uint32Array(memory.buffer, scratch.hits, (hitBytes / 4) * done.hitCount), firstNeedle);
    return;
  }
  counters.repeated++;
  const half = Math.floor(query.needles.length / hashBytes / 2);
  if (done.hitCount > comfortableHits && half > 0) {
    const [first, second] = [query.needles.subarray(0, half * hashBytes), query.needles.subarray(half * hashBytes)];
    searchSegment(searcher, { ...query, needles: first }, counters, found, firstNeedle);
    searchSegment(searcher, { ...query, needles: second }, counters, found, firstNeedle + half);
    return;
  }
  searcher.scratch = withHitCapacity(memory, scratch, done.hitCount);
  searchSegment(searcher, query, counters, found, firstNeedle);
};

const run = (searcher: SegmentSearcher, query: Query): JobRecord => {
  const { segment, kernel, scratch } = searcher;
  const size = segmentSize(segment);
  prepare(searcher, query, size);
  const widths = segment.chunks.map(({ width }) => width);
  kernel[methodFor(size, widths, query.threshold)](scratch.job);
  return readJob(segment.memory, scratch.job);
};

const prepare = ({ segment, kernel, scratch }: SegmentSearcher, query: Query, size: number): void => {
  const { memory, chunks } = segment;
  const needleCount = query.needles.length / hashBytes;
  if (needleCount > batchNeedles) throw new RangeError(`${needleCount} needles in one batch`);
  new Uint8Array(memory.buffer, scratch.needles, query.needles.length).set(query.needles);
  kernel.permute(scratch.needles, scratch.needles, needleCount);
  const reaches = reachesFor(Math.max(1, chunks.length), query.threshold);
  for (const [at, chunk] of chunks.entries()) {
    writeChunk(memory, scratch.chunks + chunkRecordBytes * at, { ...chunk, ...reaches[at]! });
  }
  writeJob(memory, scratch.job, {
    ...scratch,
    hashes: segment.hashes,
    entries: segment.entries,
    lists: segment.lists,
    size,
    chunkCount: chunks.length,
    needleCount,
    threshold: query.threshold,
    wantedLists: query.lists,
    hitCount: 0,
    survivorCount: 0,
    probes: 0,
    candidates: 0,
    verified: 0,
    passes: 0,
    touched: 0,
  });
};
