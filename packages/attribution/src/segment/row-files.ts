import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { AttributionError } from '../attribution-error.js';
import { compareRows } from './sort-rows.js';

/** A row inside a buffer; valid until the next one is asked for. */
export interface RowView {
  readonly bytes: Buffer;
  readonly at: number;
}

const writeBytes = 1 << 18;
const greatestShare = 1 << 20;

/** A write may stop early, on a full disk for one: then the rest throws. */
export const writeAll = (file: number, bytes: Uint8Array): number => {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  return bytes.length;
};

/** Collects rows into a file, leaving out a row that equals the one before it. */
export const openRowFile = (path: string, width: number) => {
  const file = openSync(path, 'w');
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.floor(writeBytes / width)) * width);
  const previous = Buffer.alloc(width);
  let used = 0;
  let rows = 0;
  const flush = (): void => {
    writeAll(file, buffer.subarray(0, used));
    used = 0;
  };
  return {
    add: (bytes: Buffer, at: number): void => {
      if (rows > 0 && compareRows(bytes, at, previous, 0, width) === 0) return;
      bytes.copy(previous, 0, at, at + width);
      previous.copy(buffer, used);
      used += width;
      rows++;
      if (used === buffer.length) flush();
    },
    close: (): number => {
      flush();
      closeSync(file);
      return rows;
    },
  };
};

/** Makes a file last. */
export const syncFile = (path: string): void => {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
};

/** @throws AttributionError `damaged-work` for a file that ends within a row. */
function* readRows(path: string, width: number, bufferBytes: number): Generator<RowView, void> {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(Math.max(1, Math.floor(bufferBytes / width)) * width);
    for (let filled = fill(file, bytes); filled > 0; filled = fill(file, bytes)) {
      if (filled % width !== 0) throw new AttributionError('damaged-work', `${path} ends within a row`);
      for (let at = 0; at < filled; at += width) yield { bytes, at };
    }
  } finally {
    closeSync(file);
  }
}

const fill = (file: number, bytes: Buffer): number => {
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(file, bytes, filled, bytes.length - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return filled;
};

/** The rows of several sorted files in one order; equal rows come out once. `memory` bounds the buffers in bytes. */
export function* mergeRows(paths: readonly string[], width: number, memory: number): Generator<RowView, void> {
  const share = Math.min(greatestShare, Math.floor(memory / Math.max(1, paths.length)));
  const heap: Source[] = [];
  for (const path of paths) {
    const rows = readRows(path, width, share);
    const first = rows.next();
    if (first.done !== true) heap.push({ rows, row: first.value });
  }
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at, width);
  const previous = Buffer.alloc(width);
  let seen: 'nothing' | 'a row' = 'nothing';
  while (heap.length > 0) {
    const least = heap[0]!;
    const { bytes, at } = least.row;
    if (seen === 'nothing' || compareRows(bytes, at, previous, 0, width) !== 0) {
      bytes.copy(previous, 0, at, at + width);
      seen = 'a row';
      yield { bytes: previous, at: 0 };
    }
    const next = least.rows.next();
    if (next.done === true) {
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
    } else {
      least.row = next.value;
    }
    if (heap.length > 1) sink(heap, 0, width);
  }
}

interface Source {
  readonly rows: Generator<RowView, void>;
  row: RowView;
}

const sink = (heap: Source[], from: number, width: number): void => {
  const moved = heap[from]!;
  let at = from;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!, width)) child++;
    if (!isBefore(heap[child]!, moved, width)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = moved;
};

const isBefore = (one: Source, other: Source, width: number): boolean =>
  compareRows(one.row.bytes, one.row.at, other.row.bytes, other.row.at, width) < 0;
