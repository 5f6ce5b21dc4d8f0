import { AttributionError } from '../attribution-error.js';
import type { Directory } from './directory.js';
import { recordBytes, type SegmentHeader } from './segment-header.js';

/** How the members of a record are read out of a run; `at` is where the record begins. */
export interface RecordCodec {
  readonly width: number;
  /** Milliseconds UTC. */
  readonly from: (bytes: Uint8Array, at: number) => number;
  readonly to: (bytes: Uint8Array, at: number) => number;
  readonly holder: (bytes: Uint8Array, at: number) => number;
  readonly mark: (bytes: Uint8Array, at: number) => number;
  /** Rank of the destination; −1 where none was kept. */
  readonly destination: (bytes: Uint8Array, at: number) => number;
  /** 1 for an entry whose holdings end in the order in which they begin: there a search can stop early. */
  readonly endsAscend: Uint8Array;
  /** Fed all records in order, throws AttributionError `damaged-segment` for one that cannot be; fills `endsAscend`. */
  readonly checker: () => (bytes: Uint8Array, first: number, count: number) => void;
}

export const openRecordCodec = (header: SegmentHeader, directory: Directory): RecordCodec => {
  const { base, unitMs, timeBytes, holderBytes, destinationBytes, holders, destinations } = header.layout;
  const width = recordBytes(header.layout);
  const holderAt = 2 * timeBytes;
  const markAt = holderAt + holderBytes;
  const endsAscend = new Uint8Array(directory.proto.length).fill(1);

  const time = unsigned(timeBytes);
  const holder = unsigned(holderBytes);
  const from = (bytes: Uint8Array, at: number): number => base + unitMs * time(bytes, at);
  const to = (bytes: Uint8Array, at: number): number => base + unitMs * time(bytes, at + timeBytes);
  const destination =
    destinationBytes === 0
      ? () => -1
      : (
          (read) => (bytes: Uint8Array, at: number) =>
            read(bytes, at + markAt + 1) - 1
        )(unsigned(destinationBytes));

  const checker = () => {
    let entry = -1;
    let entryEnd = 0;
    let previous: readonly number[] | undefined;
    return (bytes: Uint8Array, first: number, count: number): void => {
      for (let record = first; record < first + count; record++) {
        if (record === entryEnd) {
          entry++;
          entryEnd = directory.record[entry + 1]!;
          previous = undefined;
        }
        const at = (record - first) * width;
        const fields = [
          from(bytes, at),
          to(bytes, at),
          holder(bytes, at + holderAt),
          destination(bytes, at),
          bytes[at + markAt]!,
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
    holder: (bytes, at) => holder(bytes, at + holderAt),
    mark: (bytes, at) => bytes[at + markAt]!,
    destination,
    endsAscend,
    checker,
  };
};

const ascends = (one: readonly number[], other: readonly number[]): boolean => {
  const differing = one.findIndex((field, place) => field !== other[place]);
  return differing >= 0 && one[differing]! < other[differing]!;
};

/** Little-endian; the widths that occur most are spelt out, since a look-up reads little else. */
const unsigned = (width: number): ((bytes: Uint8Array, at: number) => number) => {
  if (width === 3) return (bytes, at) => bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  if (width === 4) {
    return (bytes, at) => (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) + bytes[at + 3]! * 0x100_0000;
  }
  return (bytes, at) => {
    let value = 0;
    for (let byte = width - 1; byte >= 0; byte--) value = value * 256 + bytes[at + byte]!;
    return value;
  };
};
