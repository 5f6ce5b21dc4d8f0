import { allocate, newArena, usedBytes } from './arena.js';
import { flippedRadius } from './cost-model.js';
import { ballSize, flipsWithin } from './flips.js';
import { HashIndexError } from './hash-index-error.js';
import { chunkRecordBytes, writeChunk } from './job.js';
import { instantiate, type Kernel, type SharedMemory } from './kernel.js';
import { chunkBytes, columnBytes, hashBytes, maximumSegmentSize, segmentBytes } from './layout.js';

/** Where the tables of one chunk lie: addresses in the segment's memory. */
export interface ChunkTable {
  readonly offset: number;
  readonly width: number;
  readonly starts: number;
  readonly sketches: number;
  readonly slots: number;
  readonly flips: number;
  readonly flipCounts: number;
}

/** Hashes in one memory, with tables by chunk or, when there are none, to be scanned. Can be posted to a thread. */
export interface Segment {
  readonly memory: SharedMemory;
  readonly capacity: number;
  readonly hashes: number;
  readonly entries: number;
  readonly lists: number;
  readonly chunks: readonly ChunkTable[];
}

/** Hashes with what is known of each: `hashes` packed by 32 bytes, `entries` and `lists` one number a hash. */
export interface Rows {
  readonly hashes: Uint8Array;
  readonly entries: Uint32Array;
  readonly lists: Uint32Array;
}

const sizeWord = 68 / 4;

export const segmentSize = (segment: Segment): number => Atomics.load(new Uint32Array(segment.memory.buffer), sizeWord);

export const segmentMemoryBytes = (segment: Segment): number => usedBytes(segment.memory);

/** An empty segment with room for `capacity` hashes and, later, for tables of chunks of `widths` bits. */
export const newSegment = (capacity: number, widths: readonly number[] = []): Segment => {
  if (capacity > maximumSegmentSize) {
    throw new HashIndexError('too-many', `${capacity} hashes in one segment; ${maximumSegmentSize} fit`);
  }
  const memory = newArena(segmentBytes(capacity, widths));
  const bytes = columnBytes(capacity);
  return {
    memory,
    capacity,
    hashes: allocate(memory, bytes.hashes),
    entries: allocate(memory, bytes.entries),
    lists: allocate(memory, bytes.lists),
    chunks: [],
  };
};

/** Appends rows that are known to fit. Another thread sees the new size only once the rows are there. */
export const appendRows = (segment: Segment, kernel: Kernel, rows: Rows, form: 'as given' | 'permuted'): void => {
  const { buffer } = segment.memory;
  const size = segmentSize(segment);
  const count = rows.entries.length;
  const hashes = segment.hashes + hashBytes * size;
  new Uint8Array(buffer, hashes, rows.hashes.length).set(rows.hashes);
  if (form === 'as given') kernel.permute(hashes, hashes, count);
  new Uint32Array(buffer, segment.entries + 4 * size, count).set(rows.entries);
  new Uint32Array(buffer, segment.lists + 4 * size, count).set(rows.lists);
  Atomics.store(new Uint32Array(buffer), sizeWord, size + count);
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

/** The same segment with tables for chunks of `widths` bits, which add up to 256. */
export const withTables = (segment: Segment, kernel: Kernel, widths: readonly number[]): Segment => {
  const { memory } = segment;
  const size = segmentSize(segment);
  const flips = new Map([...new Set(widths)].map((width) => [width, storeFlips(memory, width)] as const));
  const record = allocate(memory, chunkRecordBytes);
  let offset = 0;
  const chunks = widths.map((width): ChunkTable => {
    const bytes = chunkBytes(width, size);
    const table = {
      offset,
      width,
      starts: allocate(memory, bytes.starts),
      sketches: allocate(memory, bytes.sketches),
      slots: allocate(memory, bytes.slots),
      ...flips.get(width)!,
    };
    writeChunk(memory, record, { ...table, radius: 0, reach: 0 });
    kernel.countKeys(record, segment.hashes, size);
    kernel.startsFromCounts(record);
    kernel.placeKeys(record, segment.hashes, size);
    offset += width;
    return table;
  });
  return { ...segment, chunks };
};

const storeFlips = (memory: SharedMemory, width: number) => {
  const radius = flippedRadius(width);
  const keys = flipsWithin(width, radius);
  const flips = allocate(memory, 4 * keys.length);
  new Uint32Array(memory.buffer, flips, keys.length).set(keys);
  const flipCounts = allocate(memory, 4 * (radius + 1));
  const counts = Uint32Array.from({ length: radius + 1 }, (_, bits) => ballSize(width, bits));
  new Uint32Array(memory.buffer, flipCounts, counts.length).set(counts);
  return { flips, flipCounts };
};

/** A full segment: rows and, where `widths` are given, tables. */
export const buildSegment = (
  parts: readonly Rows[],
  form: 'as given' | 'permuted',
  widths: readonly number[],
): Segment => {
  const size = parts.reduce((sum, rows) => sum + rows.entries.length, 0);
  const segment = newSegment(size, widths);
  const kernel = instantiate(segment.memory);
  for (const rows of parts) appendRows(segment, kernel, rows, form);
  return widths.length === 0 ? segment : withTables(segment, kernel, widths);
};
