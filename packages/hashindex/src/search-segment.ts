import { type Method, methodFor } from './cost-model.js';
import { batchNeedles, hitBytes, type JobRecord, makeRoomForHits, newChunkRecords, newJob } from './job.js';
import { kernelOf } from './kernel.js';
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

/** Needles looked for together: hashes of 32 bytes as given, at most `batchNeedles`. */
export interface Query {
  readonly needles: Uint8Array;
  readonly threshold: number;
  /** Bits of the lists of interest. */
  readonly lists: number;
}

/**
 * Told the hits of a batch, perhaps in several parts, as quadruples of u32 (needle of the part, entry, distance,
 * lists) in no order, with the part's first needle. The view is overwritten by the next search.
 */
export type OnHits = (hits: Uint32Array, firstNeedle: number) => void;

/** One thread's means to search one segment. */
export interface SegmentSearcher {
  readonly segment: Segment;
  readonly search: (query: Query, counters: WorkCounters, onHits: OnHits) => void;
}

/** Above this many hits a batch is searched in halves instead of making room for all of them at once. */
const comfortableHits = 1 << 20;

/** Prepares a search; the room it takes in the segment's memory stays taken. */
export const segmentSearcher = (segment: Segment): SegmentSearcher => {
  const { memory } = segment;
  const kernel = kernelOf(memory);
  const job = newJob(memory);
  const methodAt = prepareJob(segment, job);

  const run = (query: Query, counters: WorkCounters): void => {
    const needleCount = query.needles.length / hashBytes;
    if (needleCount > batchNeedles) throw new RangeError(`${needleCount} needles in one batch`);
    new Uint8Array(memory.buffer, job.needles, query.needles.length).set(query.needles);
    kernel.permute(job.needles, job.needles, needleCount);
    job.needleCount = needleCount;
    job.size = segmentSize(segment);
    job.wantedLists = query.lists;
    job.hitCount = job.probes = job.candidates = job.candidatesOverflow = job.verified = job.passes = 0;
    kernel[methodAt(query.threshold)](job.address);
    counters.probes += job.probes;
    counters.candidates += job.candidates + 2 ** 32 * job.candidatesOverflow;
    counters.verified += job.verified;
    counters.passes += job.passes;
  };

  const search = (query: Query, counters: WorkCounters, onHits: OnHits, first = 0): void => {
    if (segmentSize(segment) === 0) return;
    run(query, counters);
    const { hitCount } = job;
    if (hitCount <= job.hitCapacity) {
      onHits(new Uint32Array(memory.buffer, job.hits, (hitBytes / 4) * hitCount), first);
      return;
    }
    counters.repeated++;
    const half = job.needleCount >> 1;
    if (hitCount > comfortableHits && half > 0) {
      const middle = half * hashBytes;
      search({ ...query, needles: query.needles.subarray(0, middle) }, counters, onHits, first);
      search({ ...query, needles: query.needles.subarray(middle) }, counters, onHits, first + half);
      return;
    }
    // Twice as much, since what was taken before is not given back.
    makeRoomForHits(memory, job, 2 * hitCount);
    search(query, counters, onHits, first);
  };
  return { segment, search: (query, counters, onHits) => search(query, counters, onHits) };
};

/** Writes what stays the same from search to search; the result sets a threshold and tells the method for it. */
const prepareJob = (segment: Segment, job: JobRecord): ((threshold: number) => Method) => {
  const { memory, tables } = segment;
  job.hashes = segment.hashes;
  job.entries = segment.entries;
  job.lists = segment.lists;
  if (tables === undefined) {
    return (threshold) => {
      job.threshold = threshold;
      return 'scan';
    };
  }
  const { address, records } = newChunkRecords(memory);
  for (const [chunk, table] of tables.chunks.entries()) Object.assign(records[chunk]!, table);
  job.chunks = address;
  job.flips = tables.flips;
  job.flipCounts = tables.flipCounts;
  let method: Method = 'scan';
  job.threshold = 0xffff_ffff;
  return (threshold) => {
    if (job.threshold === threshold) return method;
    job.threshold = threshold;
    for (const [chunk, reach] of reachesFor(threshold).entries()) Object.assign(records[chunk]!, reach);
    method = methodFor(segmentSize(segment), threshold);
    return method;
  };
};
