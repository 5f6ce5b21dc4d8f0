import { beginningLength, detectFormat } from './detect-format.js';
import {
  type Found,
  type Hashes,
  hashKinds,
  type ListFormat,
  type ListItem,
  type ListSummary,
  type Page,
} from './list-item.js';
import type { Hex64 } from './make-entry.js';
import { delimiterOf, readCsv } from './read-csv.js';
import { readJson, readJsonLines } from './read-json.js';
import { readNcmec } from './read-ncmec.js';
import { readSums } from './read-sums.js';
import { type ListSource, peek, textOf } from './text-source.js';

export interface ReadOptions {
  /** Told by the beginning of the list unless said here. */
  readonly format?: ListFormat;
  /** What 64 digits are where the list does not say. Unless said here such a line is bad, since nobody knows. */
  readonly hex64?: 'sha256' | 'pdq';
}

export interface HashListReading extends AsyncIterable<ListItem> {
  /** What has been read so far; after the iteration has ended, of the whole list. */
  readonly summary: () => ListSummary;
}

/**
 * Reads a list of known hashes, one item after the other; can be iterated once.
 *
 * A line that is no entry is an item of its own (`bad`) and the rest goes on. When the list as a whole cannot be read to
 * its end the iteration throws, so that a part of a list cannot pass for all of it.
 *
 * Memory: about 100 bytes for each entry, to know duplicates.
 * @throws HashListError
 */
export const readHashList = (source: ListSource, options: ReadOptions = {}): HashListReading => {
  const tally = startTally();
  return {
    summary: tally.summary,
    [Symbol.asyncIterator]: async function* () {
      const { beginning, all } = await peek(textOf(source), beginningLength);
      const format = options.format ?? detectFormat(beginning);
      tally.begin(format);
      if (format === undefined) return;
      for await (const found of read(format, all, options.hex64 ?? 'ambiguous', beginning)) {
        const item = tally.add(found);
        if (item) yield item;
      }
    },
  };
};

const read = (
  format: ListFormat,
  text: AsyncIterable<string>,
  hex64: Hex64,
  beginning: string,
): AsyncGenerator<Found> => {
  switch (format) {
    case 'csv':
      return readCsv(text, hex64, delimiterOf(beginning));
    case 'json':
      return readJson(text, hex64);
    case 'jsonl':
      return readJsonLines(text, hex64);
    case 'sums':
      return readSums(text, hex64);
    case 'ncmec-v2':
      return readNcmec(text);
  }
};

const startTally = () => {
  const counts = { entries: 0, duplicates: 0, withdrawn: 0, bad: 0 };
  const kinds = { md5: 0, sha1: 0, sha256: 0, pdq: 0 };
  const flags = { 'pdq-low-quality': 0, 'pdq-constant': 0 };
  const seen = startSeen();
  let format: ListFormat | undefined;
  let page: Page = {};

  const addEntry = (item: Extract<ListItem, { kind: 'entry' }>): ListItem => {
    if (seen(item.entry.hashes) === 'before') {
      counts.duplicates++;
      return { ...item, kind: 'duplicate' };
    }
    counts.entries++;
    for (const kind of hashKinds) if (item.entry.hashes[kind] !== undefined) kinds[kind]++;
    for (const flag of item.entry.flags) flags[flag]++;
    return item;
  };

  return {
    begin: (is: ListFormat | undefined): void => {
      format = is;
    },
    add: (found: Found): ListItem | undefined => {
      switch (found.kind) {
        case 'page':
          page = { ...page, ...found.page, ...newestOf(page, found.page) };
          return undefined;
        case 'entry':
          return addEntry(found);
        case 'withdrawn':
          counts.withdrawn++;
          return found;
        case 'bad':
          counts.bad++;
          return found;
      }
    },
    summary: (): ListSummary => ({ format, ...counts, kinds: { ...kinds }, flags: { ...flags }, page }),
  };
};

/** A page has one newest change for pictures and one for videos. */
const newestOf = (one: Page, other: Page): Page => {
  const [newest] = [one.maxTimestamp, other.maxTimestamp]
    .filter((time) => time !== undefined)
    .toSorted()
    .reverse();
  return newest === undefined ? {} : { maxTimestamp: newest };
};

/** Sixteen sets, since one cannot hold more than 2^24 values. */
const startSeen = () => {
  const sets = Array.from({ length: 16 }, () => new Set<string>());
  return (hashes: Hashes): 'before' | 'never' => {
    const digits = hashKinds.map((kind) => hashes[kind] ?? '');
    const key =
      Buffer.from(digits.join(''), 'hex').toString('latin1') +
      hashKinds.map((_, at) => (digits[at] ? at : '')).join('');
    const set = sets[key.charCodeAt(0) & 15] as Set<string>;
    if (set.has(key)) return 'before';
    set.add(key);
    return 'never';
  };
};
