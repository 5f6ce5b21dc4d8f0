import { allocate } from './arena.js';
import type { SharedMemory } from './kernel.js';
import { chunkCount, hashBytes } from './layout.js';

// Field order of kernel/job.ts; every field is a u32.
const chunkFields = ['starts', 'sketches', 'slots', 'radius', 'reach'] as const;
const jobFields = [
  'hashes',
  'entries',
  'lists',
  'size',
  'chunks',
  'flips',
  'flipCounts',
  'needles',
  'needleCount',
  'threshold',
  'wantedLists',
  'hits',
  'hitCapacity',
  'hitCount',
  'order',
  'orderCounts',
  'pairs',
  'pairCapacity',
  'ranges',
  'rangeCapacity',
  'survivors',
  'survivorCapacity',
  'survivorCount',
  'probes',
  'candidates',
  'candidatesOverflow',
  'verified',
  'passes',
  'touched',
] as const;

/** A record of the kernel as numbers that are read and written in place. */
export type Fields<Name extends string> = Record<Name, number>;

export type JobRecord = Fields<(typeof jobFields)[number]>;

const bytesOf = (names: readonly string[]): number => 4 * names.length;

const fieldsAt = <Name extends string>(
  memory: SharedMemory,
  address: number,
  names: readonly Name[],
): Fields<Name> & { readonly address: number } => {
  const words = new Uint32Array(memory.buffer, address, names.length);
  const record = { address };
  for (const [at, name] of names.entries()) {
    Object.defineProperty(record, name, {
      get: () => words[at],
      set: (value: number) => {
        words[at] = value;
      },
    });
  }
  return record as Fields<Name> & { readonly address: number };
};

/** Sixteen chunk records, one after the other. */
export const newChunkRecords = (memory: SharedMemory) => {
  const address = allocate(memory, chunkCount * bytesOf(chunkFields));
  const records = Array.from({ length: chunkCount }, (_, chunk) =>
    fieldsAt(memory, address + chunk * bytesOf(chunkFields), chunkFields),
  );
  return { address, records };
};

/** Most needles searched together: with fewer, each finds the tables gone from the caches again. */
export const batchNeedles = 8192;
const pairCapacity = 32;
/** Room for the buckets around some pairs, at the largest radius for at least one. */
const rangeCapacity = 4096;
const survivorCapacity = 4096;
const firstHitCapacity = 16_384;
const pairBytes = 40;
const rangeBytes = 8;
const survivorBytes = 8;
const orderKeys = 2 ** 12;
export const hitBytes = 16;

/** One thread's job in a segment, with room for what it notes on the way. */
export const newJob = (memory: SharedMemory): JobRecord & { readonly address: number } => {
  const job = fieldsAt(memory, allocate(memory, bytesOf(jobFields)), jobFields);
  job.needles = allocate(memory, hashBytes * batchNeedles);
  job.order = allocate(memory, 4 * batchNeedles);
  job.orderCounts = allocate(memory, 4 * (orderKeys + 1));
  job.pairs = allocate(memory, pairBytes * pairCapacity);
  job.pairCapacity = pairCapacity;
  job.ranges = allocate(memory, rangeBytes * rangeCapacity);
  job.rangeCapacity = rangeCapacity;
  job.survivors = allocate(memory, survivorBytes * survivorCapacity);
  job.survivorCapacity = survivorCapacity;
  makeRoomForHits(memory, job, firstHitCapacity);
  return job;
};

export const makeRoomForHits = (memory: SharedMemory, job: JobRecord, capacity: number): void => {
  job.hits = allocate(memory, hitBytes * capacity);
  job.hitCapacity = capacity;
};
