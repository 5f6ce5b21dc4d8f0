import { AttributionError } from '../attribution-error.js';
import { bitReader } from './bit-field.js';
import type { Directory } from './directory.js';
import { recordPlaces, type SegmentHeader } from './segment-header.js';

/**
 * How the members of a record are read out of a run; `at` is where the record begins. Behind the last record there have to
 * be `readBeyond` bytes more.
 */
export interface RecordCodec {
  readonly width: number;
  /** Milliseconds UTC. */
  readonly from: (view: DataView, at: number) => number;
  readonly to: (view: DataView, at: number) => number;
  readonly holder: (view: DataView, at: number) => number;
  readonly mark: (view: DataView, at: number) => number;
  /** Number of records, of those from `at` on, that begin at or before a moment. */
  readonly begunBy: (view: DataView, at: number, records: number, moment: number) => number;
  /** Rank of the destination; −1 where none was kept. */
  readonly destination: (view: DataView, at: number) => number;
  /** 1 for an entry whose holdings end in the order in which they begin: there a search can stop early. */
  readonly endsAscend: Uint8Array;
  /** Fed all records in order, throws AttributionError `damaged-segment` for one that cannot be; fills `endsAscend`. */
  readonly checker: () => (view: DataView, first: number, count: number) => void;
}

export const openRecordCodec = (header: SegmentHeader, directory: Directory): RecordCodec => {
  const { base, unitMs, timeBits, holderBits, markBits, destinationBits, holders, destinations } = header.layout;
  const places = recordPlaces(header.layout);
  const width = places.bytes;
  const endsAscend = new Uint8Array(directory.proto.length).fill(1);

  const begins = bitReader(places.from, timeBits);
  const finishes = bitReader(places.to, timeBits);
  const holder = bitReader(places.holder, holderBits);
  const markOf = bitReader(places.mark, markBits);
  const ranked = bitReader(places.destination, destinationBits);
  const from = (view: DataView, at: number): number => base + unitMs * begins(view, at);
  const to = (view: DataView, at: number): number => base + unitMs * finishes(view, at);
  const destination = (view: DataView, at: number): number => ranked(view, at) - 1;

  // Where in the run a moment stands if holdings begin evenly over the period: a record or two off, and in memory that
  // was not read before every probe costs more than all arithmetic.
  const periodFrom = (header.period.from - base) / unitMs;
  const periodLength = Math.max(1, (header.period.to - header.period.from) / unitMs);
  const begunBy = (view: DataView, at: number, records: number, moment: number): number => {
    const stored = Math.floor((moment - base) / unitMs);
    const guess = Math.floor((records * (stored - periodFrom)) / periodLength);
    let low = 0;
    let high = records;
    let probe = Math.max(0, Math.min(records - 1, guess));
    for (let step = 1; low < high; step *= 2) {
      if (begins(view, at + probe * width) <= stored) {
        low = probe + 1;
        probe += step;
        if (high < records || probe >= high) break;
      } else {
        high = probe;
        probe -= step;
        if (low > 0 || probe < 0) break;
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (begins(view, at + middle * width) <= stored) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const checker = () => {
    let entry = -1;
    let entryEnd = 0;
    let previous: readonly number[] | undefined;
    return (view: DataView, first: number, count: number): void => {
      for (let record = first; record < first + count; record++) {
        if (record === entryEnd) {
          entry++;
          entryEnd = directory.record[entry + 1]!;
          previous = undefined;
        }
        const at = (record - first) * width;
        const fields = [
          from(view, at),
          to(view, at),
          holder(view, at),
          destination(view, at),
          markOf(view, at),
        ] as const;
        const [starts, ends, whose, where, mark] = fields;
        const sound =
          starts <= ends &&
          starts <= header.period.to &&
          ends >= header.period.from &&
          whose < holders &&
          where < destinations &&
          mark < header.marks.length &&
          (previous === undefined || ascends(previous, fields));
        if (!sound) throw new AttributionError('damaged-segment', `record ${record} cannot be`);
        if (previous !== undefined && ends < previous[1]!) endsAscend[entry] = 0;
        previous = fields;
      }
    };
  };
  return {
    width,
    from,
    to,
    holder,
    mark: markOf,
    destination,
    begunBy,
    endsAscend,
    checker,
  };
};

const ascends = (one: readonly number[], other: readonly number[]): boolean => {
  const differing = one.findIndex((field, place) => field !== other[place]);
  return differing >= 0 && one[differing]! < other[differing]!;
};
