import { HashIndexError } from './hash-index-error.js';
import { byDistance, collectHits, type HammingHit } from './hits.js';
import { batchNeedles } from './job.js';
import { hashBytes } from './layout.js';
import { rebuildElsewhere } from './rebuild.js';
import { allLists, countRows, type HashColumns, hashCount, removeFromRows, rowsFor } from './rows.js';
import { newCounters, type SegmentSearcher, segmentSearcher, type WorkCounters } from './search-segment.js';
import { buildSegments, rowsOf, segmentMemoryBytes } from './segment.js';
import { appendToSegments, type SegmentList } from './segment-list.js';

export interface SearchOptions {
  /** Bits of the lists of interest; default: all. */
  readonly lists?: number;
}

/** Exact near-match search over 256-bit hashes. */
export interface HammingIndex {
  /** Hashes that can be found. */
  readonly size: number;
  /** Every hash within `threshold` bits (0 to 255) of a needle of 32 bytes: nearest first, then by entry. */
  readonly search: (needle: Uint8Array, threshold: number, options?: SearchOptions) => readonly HammingHit[];
  /** The same for needles packed by 32 bytes; thousands at once are several times faster a needle than one by one. */
  readonly searchMany: (
    needles: Uint8Array,
    threshold: number,
    options?: SearchOptions,
  ) => readonly (readonly HammingHit[])[];
  /** Adds hashes packed by 32 bytes; they are found from then on. */
  readonly append: (hashes: Uint8Array, columns?: HashColumns) => void;
  /**
   * Takes all hashes of these entries off `lists` (default: all lists); returns how many hashes that changed. Reads
   * every entry number once, about 1 ms a million: remove many entries at once rather than one after the other.
   */
  readonly remove: (entries: number | Iterable<number>, lists?: number) => number;
  /**
   * Builds everything anew in another thread, without the hashes removed, and then takes its place at once. Searches,
   * appends and removals go on meanwhile. Asked for again before it is done, it is the same work.
   */
  readonly compact: () => Promise<void>;
  /** Bytes held for hashes and tables. */
  readonly memoryBytes: () => number;
  /** Work done by this thread's searches so far. */
  readonly counters: Readonly<WorkCounters>;
  /** What other threads need to search too; the list as it is now. */
  readonly segments: () => SegmentList;
  /** The number the next hash appended without one is reported under. */
  readonly nextEntry: number;
}

/**
 * An index over hashes packed by 32 bytes. The hashes are copied.
 * @throws HashIndexError for bytes that are no whole hashes or columns of another length.
 */
export const buildHammingIndex = (hashes: Uint8Array, columns: HashColumns = {}): HammingIndex => {
  const rows = rowsFor(hashes, columns, 0);
  return openIndex(buildSegments([rows], 'as given'), countRows([rows]), countRows([rows]));
};

interface Removal {
  readonly entries: ReadonlySet<number>;
  readonly lists: number;
}

/** A rebuild under way: the segments it reads, which stay as they are, and what was removed since it began. */
interface Compaction {
  readonly from: SegmentList;
  readonly removals: Removal[];
  readonly done: Promise<void>;
}

/** An index over segments with `live` rows that can be found. */
export const openIndex = (segments: SegmentList, live: number, firstEntry: number): HammingIndex => {
  let list = segments;
  let size = live;
  let nextEntry = firstEntry;
  let compaction: Compaction | undefined;
  const counters = newCounters();
  const searchers = new WeakMap<SegmentList[number], SegmentSearcher>();
  const searcherOf = (segment: SegmentList[number]): SegmentSearcher => {
    const searcher = searchers.get(segment) ?? segmentSearcher(segment);
    searchers.set(segment, searcher);
    return searcher;
  };

  const searchMany: HammingIndex['searchMany'] = (needles, bits, { lists = allLists } = {}) => {
    const threshold = checkedThreshold(bits);
    const count = hashCount(needles);
    const hits: HammingHit[][] = Array.from({ length: count }, () => []);
    for (const segment of list) {
      for (let first = 0; first < count; first += batchNeedles) {
        const batch = needles.subarray(first * hashBytes, (first + batchNeedles) * hashBytes);
        searcherOf(segment).search({ needles: batch, threshold, lists }, counters, (found, part) =>
          collectHits(found, first + part, hits),
        );
      }
    }
    for (const found of hits) if (found.length > 1) found.sort(byDistance);
    return hits;
  };

  return {
    get size() {
      return size;
    },
    get nextEntry() {
      return nextEntry;
    },
    search: (needle, bits, options) => {
      if (hashCount(needle) !== 1) throw new HashIndexError('bad-shape', `${needle.length} bytes are not one hash`);
      return searchMany(needle, bits, options)[0]!;
    },
    searchMany,
    append: (hashes, columns = {}) => {
      const rows = rowsFor(hashes, columns, nextEntry);
      list = appendToSegments(list, rows, compaction?.from.length ?? 0);
      size += rows.entries.length;
      nextEntry += rows.entries.length;
    },
    remove: (entries, lists = allLists) => {
      const removed = new Set(typeof entries === 'number' ? [entries] : entries);
      let total = 0;
      for (const segment of list) {
        const { changed, gone } = removeFromRows(rowsOf(segment), removed, lists);
        total += changed;
        size -= gone;
      }
      compaction?.removals.push({ entries: removed, lists });
      return total;
    },
    compact: () => {
      if (compaction !== undefined) return compaction.done;
      const from = list;
      const removals: Removal[] = [];
      const replace = async (): Promise<void> => {
        try {
          const built = await rebuildElsewhere(from);
          for (const { entries, lists } of removals) {
            for (const segment of built) removeFromRows(rowsOf(segment), entries, lists);
          }
          list = [...built, ...list.slice(from.length)];
        } finally {
          compaction = undefined;
        }
      };
      compaction = { from, removals, done: replace() };
      return compaction.done;
    },
    memoryBytes: () => list.reduce((sum, segment) => sum + segmentMemoryBytes(segment), 0),
    counters,
    segments: () => list,
  };
};

/** A threshold a search can take. */
export const checkedThreshold = (threshold: number): number => {
  if (Number.isInteger(threshold) && threshold >= 0 && threshold <= 255) return threshold;
  throw new HashIndexError('bad-threshold', `${threshold} is not a number of bits from 0 to 255`);
};
