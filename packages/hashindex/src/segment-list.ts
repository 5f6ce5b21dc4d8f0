import { kernelOf } from './kernel.js';
import { countRows, liveRows, type Rows, sliceRows } from './rows.js';
import { appendRows, buildSegment, newSegment, rowsOf, type Segment, segmentSize } from './segment.js';

/** Hashes of the tail, which is scanned: at most 6 µs a needle. */
const tailCapacity = 8192;
/** Larger segments are left to `compact`: building 2^20 rows takes about 0.3 s. */
const largestMerge = 2 ** 20;

/** Segments with tables, oldest first, then perhaps a tail without. Immutable, so that a search sees one state. */
export type SegmentList = readonly Segment[];

/**
 * The list with rows appended: into the tail, and whenever that is full into a segment with tables, merged with those
 * before it that are not larger, so that there are few segments and each row is built anew at most seven times.
 * Segments before `firstMutable` are left as they are.
 */
export const appendToSegments = (segments: SegmentList, rows: Rows, firstMutable: number): SegmentList => {
  let list = segments;
  for (let at = 0; at < rows.entries.length; ) {
    list = withTail(list, firstMutable);
    const tail = list.at(-1)!;
    const part = sliceRows(rows, at, at + tail.capacity - segmentSize(tail));
    appendRows(tail, kernelOf(tail.memory), part, 'as given');
    at += part.entries.length;
    if (segmentSize(tail) === tail.capacity) list = mergeLast(list, firstMutable);
  }
  return list;
};

/** The list ending in a segment without tables that has room. */
const withTail = (list: SegmentList, firstMutable: number): SegmentList => {
  const last = list.length > firstMutable ? list.at(-1) : undefined;
  if (last === undefined || last.tables !== undefined) return [...list, newSegment(tailCapacity)];
  if (segmentSize(last) < last.capacity) return list;
  // A set that was built too small for tables: it goes on as the tail.
  const tail = newSegment(tailCapacity);
  for (const live of liveRows(rowsOf(last))) appendRows(tail, kernelOf(tail.memory), live, 'permuted');
  return [...list.slice(0, -1), tail];
};

const mergeLast = (list: SegmentList, firstMutable: number): SegmentList => {
  let from = list.length - 1;
  let size = segmentSize(list[from]!);
  while (from > firstMutable) {
    const before = segmentSize(list[from - 1]!);
    if (before > size || before + size > largestMerge) break;
    size += before;
    from--;
  }
  const live = list.slice(from).flatMap((segment) => liveRows(rowsOf(segment)));
  const kept = list.slice(0, from);
  return countRows(live) === 0 ? kept : [...kept, buildSegment(live, 'permuted')];
};
