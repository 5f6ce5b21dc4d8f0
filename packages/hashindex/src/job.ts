import { allocate } from './arena.js';
import type { SharedMemory } from './kernel.js';
import { hashBytes, padding } from './layout.js';

// Field order of kernel/job.ts; every field is a u32.
const chunkFields = [
  'offset',
  'width',
  'starts',
  'sketches',
  'slots',
  'radius',
  'reach',
  'flips',
  'flipCounts',
] as const;
const jobFields = [
  'hashes',
  'entries',
  'lists',
  'size',
  'chunks',
  'chunkCount',
  'needles',
  'needleCount',
  'threshold',
  'wantedLists',
  'hits',
  'hitCapacity',
  'hitCount',
  'pairs',
  'pairCapacity',
  'ranges',
  'rangeCapacity',
  'survivors',
  'survivorCapacity',
  'survivorCount',
  'probes',
  'candidates',
  'verified',
  'passes',
  'touched',
] as const;

export type ChunkRecord = Readonly<Record<(typeof chunkFields)[number], number>>;
export type JobRecord = Readonly<Record<(typeof jobFields)[number], number>>;

export const chunkRecordBytes = 4 * chunkFields.length;
export const jobRecordBytes = 4 * jobFields.length;

const write = <Name extends string>(
  memory: SharedMemory,
  address: number,
  names: readonly Name[],
  record: Readonly<Record<Name, number>>,
): void => {
  const words = new Uint32Array(memory.buffer, address, names.length);
  for (const [at, name] of names.entries()) words[at] = record[name];
};

export const writeChunk = (memory: SharedMemory, address: number, chunk: ChunkRecord): void =>
  write(memory, address, chunkFields, chunk);

export const writeJob = (memory: SharedMemory, address: number, job: JobRecord): void =>
  write(memory, address, jobFields, job);

export const readJob = (memory: SharedMemory, address: number): JobRecord => {
  const words = new Uint32Array(memory.buffer, address, jobFields.length);
  return Object.fromEntries(jobFields.map((name, at) => [name, words[at]!])) as JobRecord;
};

/** Needles searched together. */
export const batchNeedles = 1024;
const pairCapacity = 64;
/** Buckets around one needle in one chunk have to fit. */
export const rangeCapacity = 8192;
const survivorCapacity = 4096;
const firstHitCapacity = 16_384;
const pairBytes = 40;
const rangeBytes = 8;
const survivorBytes = 8;
export const hitBytes = 16;

/** One thread's room in a segment. */
export interface Scratch {
  readonly job: number;
  readonly chunks: number;
  readonly needles: number;
  readonly pairs: number;
  readonly pairCapacity: number;
  readonly ranges: number;
  readonly rangeCapacity: number;
  readonly survivors: number;
  readonly survivorCapacity: number;
  readonly hits: number;
  readonly hitCapacity: number;
}

export const newScratch = (memory: SharedMemory, chunks: number): Scratch => ({
  job: allocate(memory, jobRecordBytes),
  chunks: allocate(memory, chunkRecordBytes * Math.max(1, chunks)),
  needles: allocate(memory, hashBytes * batchNeedles + padding),
  pairs: allocate(memory, pairBytes * pairCapacity),
  pairCapacity,
  ranges: allocate(memory, rangeBytes * rangeCapacity),
  rangeCapacity,
  survivors: allocate(memory, survivorBytes * survivorCapacity),
  survivorCapacity,
  hits: allocate(memory, hitBytes * firstHitCapacity),
  hitCapacity: firstHitCapacity,
});

/** The same room with a longer list of hits. */
export const withHitCapacity = (memory: SharedMemory, scratch: Scratch, hitCapacity: number): Scratch => ({
  ...scratch,
  hits: allocate(memory, hitBytes * hitCapacity),
  hitCapacity,
});
