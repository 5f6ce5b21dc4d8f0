import { AttributionError } from '../attribution-error.js';
import type { Directory } from './directory.js';
import { recordBytes, type SegmentHeader } from './segment-header.js';

/** How the members of a record are read out of a run; `at` is where the record begins. */
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
  const { base, unitMs, timeBytes, holderBytes, destinationBytes, holders, destinations } = header.layout;
  const width = recordBytes(header.layout);
  const holderAt = 2 * timeBytes;
  const markAt = holderAt + holderBytes;
  const endsAscend = new Uint8Array(directory.proto.length).fill(1);

  const time = unsigned(timeBytes);
  const holder = unsigned(holderBytes);
  const from = (view: DataView, at: number): number => base + unitMs * time(view, at);
  const to = (view: DataView, at: number): number => base + unitMs * time(view, at + timeBytes);
  const destination =
    destinationBytes === 0
      ? () => -1
      : (
          (read) => (view: DataView, at: number) =>
            read(view, at + markAt + 1) - 1
        )(unsigned(destinationBytes));

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
      if (time(view, at + probe * width) <= stored) {
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
      if (time(view, at + middle * width) <= stored) low = middle + 1;
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
          holder(view, at + holderAt),
          destination(view, at),
          view.getUint8(at + markAt),
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
    holder: (view, at) => holder(view, at + holderAt),
    mark: (view, at) => view.getUint8(at + markAt),
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

/** Little-endian; the widths that occur most are spelt out, since a look-up reads little else. */
const unsigned = (width: number): ((view: DataView, at: number) => number) => {
  if (width === 1) return (view, at) => view.getUint8(at);
  if (width === 2) return (view, at) => view.getUint16(at, true);
  if (width === 3) return (view, at) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (width === 4) return (view, at) => view.getUint32(at, true);
  return (view, at) => {
    let value = 0;
    for (let byte = width - 1; byte >= 0; byte--) value = value * 256 + view.getUint8(at + byte);
    return value;
  };
};
