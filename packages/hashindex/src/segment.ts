import { allocate, newArena, usedBytes } from './arena.js';
import { worthTables } from './cost-model.js';
import { ballSize, flipsWithin, maximumRadius } from './flips.js';
import { HashIndexError } from './hash-index-error.js';
import { newChunkRecords } from './job.js';
import { type Kernel, kernelOf, type SharedMemory } from './kernel.js';
import { chunkBytes, chunkCount, columnBytes, hashBytes, maximumSegmentSize, segmentBytes } from './layout.js';
import { countRows, groupRows, type Rows } from './rows.js';

/** Where the tables for probing lie: addresses in the segment's memory. */
export interface Tables {
  readonly chunks: readonly { readonly starts: number; readonly sketches: number; readonly slots: number }[];
  readonly flips: number;
  readonly flipCounts: number;
}

/** Hashes in one memory, with tables to probe or, when there are none, to be scanned. Can be posted to a thread. */
export interface Segment {
  readonly id: string;
  readonly memory: SharedMemory;
  readonly capacity: number;
  readonly hashes: number;
  readonly entries: number;
  readonly lists: number;
  readonly tables: Tables | undefined;
}

/** Whether hashes are as the caller has them or already in the kernel's order of bits. */
export type HashForm = 'as given' | 'permuted';

const sizeWord = 68 / 4;

/** Hashes in the segment, removed ones included. */
export const segmentSize = (segment: Segment): number => Atomics.load(new Uint32Array(segment.memory.buffer), sizeWord);

const publishSize = (segment: Segment, size: number): void => {
  Atomics.store(new Uint32Array(segment.memory.buffer), sizeWord, size);
};

export const segmentMemoryBytes = (segment: Segment): number => usedBytes(segment.memory);

/** An empty segment with room for `capacity` hashes. */
export const newSegment = (capacity: number, bytes = segmentBytes(capacity, 'without tables')): Segment => {
  if (capacity > maximumSegmentSize) {
    throw new HashIndexError('too-many', `${capacity} hashes in one segment; ${maximumSegmentSize} fit`);
  }
  const memory = newArena(bytes);
  const columns = columnBytes(capacity);
  return {
    id: crypto.randomUUID(),
    memory,
    capacity,
    hashes: allocate(memory, columns.hashes),
    entries: allocate(memory, columns.entries),
    lists: allocate(memory, columns.lists),
    tables: undefined,
  };
};

/** Appends rows that are known to fit. Another thread sees the new size only once the rows are there. */
export const appendRows = (segment: Segment, kernel: Kernel, rows: Rows, form: HashForm): void => {
  const size = segmentSize(segment);
  copyHashes(segment, kernel, rows.hashes, form, size);
  copyColumns(segment, rows, size);
  publishSize(segment, size + rows.entries.length);
};

const copyHashes = (segment: Segment, kernel: Kernel, hashes: Uint8Array, form: HashForm, at: number): void => {
  const address = segment.hashes + hashBytes * at;
  new Uint8Array(segment.memory.buffer, address, hashes.length).set(hashes);
  if (form === 'as given') kernel.permute(address, address, hashes.length / hashBytes);
};

const copyColumns = ({ memory, entries, lists }: Segment, rows: Rows, at: number): void => {
  new Uint32Array(memory.buffer, entries + 4 * at, rows.entries.length).set(rows.entries);
  new Uint32Array(memory.buffer, lists + 4 * at, rows.lists.length).set(rows.lists);
};

/** Columns of a segment as views on its memory; hashes in permuted form. */
export const rowsOf = (segment: Segment): Rows => {
  const { buffer } = segment.memory;
  const size = segmentSize(segment);
  return {
    hashes: new Uint8Array(buffer, segment.hashes, hashBytes * size),
    entries: new Uint32Array(buffer, segment.entries, size),
    lists: new Uint32Array(buffer, segment.lists, size),
  };
};

/** A segment full of rows, with tables where these are worth their memory. */
export const buildSegment = (parts: readonly Rows[], form: HashForm): Segment => {
  const size = countRows(parts);
  const withTables = worthTables(size);
  const segment = newSegment(size, segmentBytes(size, withTables ? 'with tables' : 'without tables'));
  const kernel = kernelOf(segment.memory);
  const positions = positionsOf(parts);
  for (const [at, rows] of parts.entries()) copyHashes(segment, kernel, rows.hashes, form, positions[at]!);
  const tables = withTables ? buildTables(segment, kernel, size) : undefined;
  // Only now: until here the room of these columns served the sort.
  for (const [at, rows] of parts.entries()) copyColumns(segment, rows, positions[at]!);
  publishSize(segment, size);
  return { ...segment, tables };
};

const positionsOf = (parts: readonly Rows[]): readonly number[] => {
  let position = 0;
  return parts.map((rows) => {
    const first = position;
    position += rows.entries.length;
    return first;
  });
};

const buildTables = ({ memory, hashes, entries }: Segment, kernel: Kernel, size: number): Tables => {
  const { address, records } = newChunkRecords(memory);
  const counts = allocate(memory, 4 * 256 * chunkCount);
  const bytes = chunkBytes(size);
  for (const record of records) {
    record.starts = allocate(memory, bytes.starts);
    record.sketches = allocate(memory, bytes.sketches);
    record.slots = allocate(memory, bytes.slots);
  }
  kernel.countTops(hashes, size, counts);
  for (const chunk of records.keys()) kernel.buildTables(address, chunk, hashes, size, counts, entries);
  return {
    chunks: records.map(({ starts, sketches, slots }) => ({ starts, sketches, slots })),
    ...storeFlips(memory),
  };
};

const storeFlips = (memory: SharedMemory) => {
  const keys = flipsWithin(maximumRadius);
  const flips = allocate(memory, keys.byteLength);
  new Uint16Array(memory.buffer, flips, keys.length).set(keys);
  const counts = Uint32Array.from({ length: maximumRadius + 1 }, (_, radius) => ballSize(radius));
  const flipCounts = allocate(memory, counts.byteLength);
  new Uint32Array(memory.buffer, flipCounts, counts.length).set(counts);
  return { flips, flipCounts };
};

/** Rows in as many full segments as they need. */
export const buildSegments = (parts: readonly Rows[], form: HashForm): readonly Segment[] =>
  groupRows(parts, maximumSegmentSize).map((group) => buildSegment(group, form));
