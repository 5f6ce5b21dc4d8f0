import { HashIndexError } from './hash-index-error.js';
import { hashBytes } from './layout.js';

/** Hashes with what is known of each: `hashes` packed by 32 bytes, `entries` and `lists` one number a hash. */
export interface Rows {
  readonly hashes: Uint8Array;
  readonly entries: Uint32Array;
  readonly lists: Uint32Array;
}

/** What is known of hashes beside their bits; arrays have one number a hash. */
export interface HashColumns {
  /** The numbers hits are reported under (u32), several hashes may share one; default: running on from the last. */
  readonly entries?: Uint32Array;
  /** Lists each hash is on, one bit a list, not 0; default: bit 0. */
  readonly lists?: Uint32Array;
}

/** Every list. */
export const allLists = 0xffff_ffff;

/** Rows of hashes a caller gave. */
export const rowsFor = (hashes: Uint8Array, columns: HashColumns, firstEntry: number): Rows => {
  const count = hashCount(hashes);
  const entries = columns.entries ?? runningFrom(firstEntry, count);
  const lists = columns.lists ?? new Uint32Array(count).fill(1);
  if (entries.length !== count || lists.length !== count) {
    throw new HashIndexError('bad-shape', `${count} hashes with ${entries.length} entries and ${lists.length} lists`);
  }
  if (lists.includes(0)) throw new HashIndexError('bad-lists', 'a hash on no list could never be found');
  return { hashes, entries, lists };
};

const runningFrom = (first: number, count: number): Uint32Array => {
  const entries = new Uint32Array(count);
  for (let at = 0; at < count; at++) entries[at] = first + at;
  return entries;
};

/** How many hashes packed bytes hold. */
export const hashCount = (hashes: Uint8Array): number => {
  if (hashes.length % hashBytes === 0) return hashes.length / hashBytes;
  throw new HashIndexError('bad-shape', `${hashes.length} bytes are not whole hashes of ${hashBytes} bytes`);
};

export const countRows = (parts: readonly Rows[]): number =>
  parts.reduce((sum, { entries }) => sum + entries.length, 0);

export const sliceRows = ({ hashes, entries, lists }: Rows, from: number, to: number): Rows => ({
  hashes: hashes.subarray(from * hashBytes, to * hashBytes),
  entries: entries.subarray(from, to),
  lists: lists.subarray(from, to),
});

/** The rows that are on some list still: as views where they lie together, so that nothing is copied. */
export const liveRows = (rows: Rows): readonly Rows[] => {
  const runs: Rows[] = [];
  const { lists } = rows;
  for (let at = 0; at < lists.length; ) {
    if (lists[at] === 0) {
      at++;
      continue;
    }
    const removed = lists.indexOf(0, at);
    const end = removed === -1 ? lists.length : removed;
    runs.push(sliceRows(rows, at, end));
    at = end;
  }
  return runs;
};

/** The same rows in groups of at most `capacity`. */
export const groupRows = (parts: readonly Rows[], capacity: number): readonly (readonly Rows[])[] => {
  const groups: Rows[][] = [];
  let room = 0;
  for (const rows of parts) {
    for (let at = 0; at < rows.entries.length; ) {
      if (room === 0) {
        groups.push([]);
        room = capacity;
      }
      const part = sliceRows(rows, at, at + room);
      groups.at(-1)!.push(part);
      at += part.entries.length;
      room -= part.entries.length;
    }
  }
  return groups;
};

/** Takes entries off `lists`: how many hashes were on one of them, and how many are on none any more. */
export const removeFromRows = (rows: Rows, removed: ReadonlySet<number>, from: number) => {
  let changed = 0;
  let gone = 0;
  for (const at of placesOf(rows.entries, removed)) {
    const before = rows.lists[at]!;
    const after = (before & ~from) >>> 0;
    rows.lists[at] = after;
    if (after !== before) changed++;
    if (after === 0 && before !== 0) gone++;
  }
  return { changed, gone };
};

function* placesOf(entries: Uint32Array, wanted: ReadonlySet<number>): Generator<number> {
  if (wanted.size === 1) {
    // The common case: the machine searches for one number several times faster than we look up each.
    const [entry] = wanted;
    for (let at = entries.indexOf(entry!); at !== -1; at = entries.indexOf(entry!, at + 1)) yield at;
    return;
  }
  for (let at = 0; at < entries.length; at++) if (wanted.has(entries[at]!)) yield at;
}
