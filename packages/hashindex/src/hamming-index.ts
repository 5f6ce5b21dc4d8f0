import { widthsFor } from './cost-model.js';
import { HashIndexError } from './hash-index-error.js';
import { byDistance, collectHits, type HammingHit } from './hits.js';
import { batchNeedles } from './job.js';
import { hashBytes, maximumSegmentSize } from './layout.js';
import {
  newCounters,
  type SegmentSearcher,
  searchSegment,
  segmentSearcher,
  type WorkCounters,
} from './search-segment.js';
import {
  appendRows,
  buildSegment,
  newSegment,
  type Rows,
  rowsOf,
  type Segment,
  segmentMemoryBytes,
  segmentSize,
} from './segment.js';

/** What is known of hashes beside their bits; arrays have one number a hash. */
export interface HashColumns {
  /** The numbers hits are reported under (u32), several hashes may share one; default: running on from the last. */
  readonly entries?: Uint32Array;
  /** Lists each hash is on, one bit a list, not 0; default: bit 0. */
  readonly lists?: Uint32Array;
}

export interface BuildOptions extends HashColumns {
  /** The threshold most searches will use, 0 to 255 bits: the layout is made for it, any other stays exact. Default 31. */
  readonly threshold?: number;
}

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
  /** The same for needles packed by 32 bytes; several times faster a needle than one by one. */
  readonly searchMany: (
    needles: Uint8Array,
    threshold: number,
    options?: SearchOptions,
  ) => readonly (readonly HammingHit[])[];
  /** Adds hashes packed by 32 bytes; they are found from then on. */
  readonly append: (hashes: Uint8Array, columns?: HashColumns) => void;
  /** Takes all hashes of an entry off `lists` (default: all lists); returns how many hashes that changed. */
  readonly remove: (entry: number, lists?: number) => number;
  /** Bytes held for hashes and tables. */
  readonly memoryBytes: () => number;
  readonly counters: Readonly<WorkCounters>;
}
const allLists = 0xffff_ffff;

/** Hashes in a segment that is scanned before it is given tables. */
const tailCapacity = 16_384;

/**
 * An index over hashes packed by 32 bytes. The hashes are copied.
 * @throws HashIndexError for bytes that are no whole hashes or columns of another length.
 */
export const buildHammingIndex = (hashes: Uint8Array, options: BuildOptions = {}): HammingIndex => {
  const threshold = checkedThreshold(options.threshold ?? 31);
  const all = rowsFor(hashes, options, 0);
  const sealed: SegmentSearcher[] = [];
  for (let at = 0; at < all.entries.length; at += maximumSegmentSize) {
    sealed.push(segmentSearcher(sealRows([sliceRows(all, at, at + maximumSegmentSize)], 'as given', threshold)));
  }
  return openIndex(sealed, threshold, all.entries.length);
};

const sealRows = (parts: readonly Rows[], form: 'as given' | 'permuted', threshold: number): Segment => {
  const size = parts.reduce((sum, rows) => sum + rows.entries.length, 0);
  return buildSegment(parts, form, widthsFor(size, threshold));
};

const openIndex = (sealed: SegmentSearcher[], threshold: number, added: number): HammingIndex => {
  let tail: SegmentSearcher | undefined;
  let nextEntry = added;
  const counters = newCounters();
  const searchers = (): readonly SegmentSearcher[] => (tail === undefined ? sealed : [...sealed, tail]);

  const searchMany: HammingIndex['searchMany'] = (needles, bits, { lists = allLists } = {}) => {
    checkedThreshold(bits);
    const count = hashCount(needles);
    const hits: HammingHit[][] = Array.from({ length: count }, () => []);
    for (const searcher of searchers()) {
      for (let first = 0; first < count; first += batchNeedles) {
        const batch = needles.subarray(first * hashBytes, (first + batchNeedles) * hashBytes);
        const query = { needles: batch, threshold: bits, lists };
        searchSegment(searcher, query, counters, (found, part) => collectHits(found, first + part, hits));
      }
    }
    for (const list of hits) list.sort(byDistance);
    return hits;
  };

  const append: HammingIndex['append'] = (hashes, columns = {}) => {
    const rows = rowsFor(hashes, columns, nextEntry);
    nextEntry += rows.entries.length;
    for (let at = 0; at < rows.entries.length; ) {
      tail ??= segmentSearcher(newSegment(tailCapacity));
      const room = tailCapacity - segmentSize(tail.segment);
      appendRows(tail.segment, tail.kernel, sliceRows(rows, at, at + room), 'as given');
      at += room;
      if (segmentSize(tail.segment) === tailCapacity) {
        sealed.push(segmentSearcher(sealRows([rowsOf(tail.segment)], 'permuted', threshold)));
        tail = undefined;
      }
    }
  };

  const remove: HammingIndex['remove'] = (entry, lists = allLists) => {
    let changed = 0;
    for (const { segment } of searchers()) changed += removeFrom(rowsOf(segment), entry, lists);
    return changed;
  };

  return {
    get size() {
      return searchers().reduce((sum, { segment }) => sum + liveRows(rowsOf(segment)), 0);
    },
    search: (needle, bits, options) => {
      if (hashCount(needle) !== 1) throw new HashIndexError('bad-shape', `${needle.length} bytes are not one hash`);
      return searchMany(needle, bits, options)[0]!;
    },
    searchMany,
    append,
    remove,
    memoryBytes: () => searchers().reduce((sum, { segment }) => sum + segmentMemoryBytes(segment), 0),
    counters,
  };
};

const removeFrom = ({ entries, lists }: Rows, entry: number, from: number): number => {
  let changed = 0;
  for (let at = entries.indexOf(entry); at !== -1; at = entries.indexOf(entry, at + 1)) {
    const before = lists[at]!;
    lists[at] = before & ~from;
    if (lists[at] !== before) changed++;
  }
  return changed;
};

const liveRows = ({ lists }: Rows): number => {
  let live = 0;
  for (const mask of lists) if (mask !== 0) live++;
  return live;
};

const sliceRows = ({ hashes, entries, lists }: Rows, from: number, to: number): Rows => ({
  hashes: hashes.subarray(from * hashBytes, to * hashBytes),
  entries: entries.subarray(from, to),
  lists: lists.subarray(from, to),
});

const rowsFor = (hashes: Uint8Array, columns: HashColumns, firstEntry: number): Rows => {
  const count = hashCount(hashes);
  const entries = columns.entries ?? Uint32Array.from({ length: count }, (_, at) => firstEntry + at);
  const lists = columns.lists ?? new Uint32Array(count).fill(1);
  if (entries.length !== count || lists.length !== count) {
    throw new HashIndexError('bad-shape', `${count} hashes with ${entries.length} entries and ${lists.length} lists`);
  }
  if (lists.includes(0)) throw new HashIndexError('bad-lists', 'a hash on no list could never be found');
  return { hashes, entries, lists };
};

const hashCount = (hashes: Uint8Array): number => {
  if (hashes.length % hashBytes === 0) return hashes.length / hashBytes;
  throw new HashIndexError('bad-shape', `${hashes.length} bytes are not whole hashes of ${hashBytes} bytes`);
};

const checkedThreshold = (threshold: number): number => {
  if (Number.isInteger(threshold) && threshold >= 0 && threshold <= 255) return threshold;
  throw new HashIndexError('bad-threshold', `${threshold} is not a number of bits from 0 to 255`);
};
