import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AttributionError } from '../attribution-error.js';
import { readBeyond } from './bit-field.js';
import { type Directory, decodeDirectory } from './directory.js';
import type { HoldingMark, OpaqueTag } from './holding.js';
import { openRecordCodec, type RecordCodec } from './record-codec.js';
import { keyBytesOf, tagBytes } from './row-shape.js';
import type { RunCache } from './run-cache.js';
import { decodeHeader, recordPlaces, type SegmentHeader } from './segment-header.js';
import { checkTags, tagAt } from './tag-table.js';
import { magic, trailerBytes } from './write-segment.js';

/** A run of records in memory: `view` holds `records` of them from `at`. */
export interface Run {
  readonly view: DataView;
  readonly at: number;
  readonly records: number;
}

/** An opened segment. Its directory and tags are in memory; runs are read one at a time, or kept with `resident`. */
export interface SegmentReader {
  readonly path: string;
  readonly sha256: string;
  readonly header: SegmentHeader;
  readonly directory: Directory;
  readonly codec: RecordCodec;
  /** One read. The view is good until the next run is asked for. */
  readonly run: (entry: number) => Run;
  /** Where in the file the records of an entry stand. */
  readonly offsetOf: (entry: number) => number;
  readonly holder: (rank: number) => OpaqueTag;
  /** Place of a tag among the destinations; −1 for one that this segment does not have. */
  readonly destinationRank: (tag: OpaqueTag) => number;
  readonly destination: (rank: number) => OpaqueTag;
  readonly mark: (place: number) => HoldingMark;
  readonly close: () => void;
}

export interface OpenOptions {
  /** `resident` keeps all records in memory; `on-disk` reads one run a look-up. */
  readonly records?: 'on-disk' | 'resident';
  /** Keeps pages of what is read from disk, for several segments together. */
  readonly cache?: RunCache;
  /** What somebody else, such as the ledger, says the digest is. */
  readonly sha256?: string;
}

const greatestHeader = 64 << 20;

/**
 * Opens a segment and checks all of it in one pass: digest, bounds, order of keys, entries, tags and records. Afterwards
 * its content is trusted, since the file is never written again.
 * @throws AttributionError `damaged-segment`
 */
export const openSegment = (path: string, options: OpenOptions = {}): SegmentReader => {
  const file = openSync(path, 'r');
  try {
    return read(path, file, options);
  } catch (fault) {
    closeSync(file);
    throw fault;
  }
};

const read = (path: string, file: number, options: OpenOptions): SegmentReader => {
  const size = fstatSync(file).size;
  if (size < magic.length + trailerBytes) fail('it is too short');
  if (!readAt(file, 0, magic.length).equals(magic)) fail('it is not a segment');
  const trailer = readAt(file, size - trailerBytes, trailerBytes);
  const headerLength = trailer.readUInt32LE(0);
  const headerAt = size - trailerBytes - headerLength;
  if (headerLength > greatestHeader || headerAt < magic.length) fail('its header is out of bounds');
  const header = decodeHeader(readAt(file, headerAt, headerLength));
  const { layout } = header;
  const width = recordPlaces(layout).bytes;
  const directoryAt = magic.length + layout.records * width;
  const holdersAt = directoryAt + layout.directoryBytes;
  const destinationsAt = holdersAt + layout.holders * tagBytes;
  if (destinationsAt + layout.destinations * tagBytes !== headerAt) fail('its parts do not fill it');

  const directory = decodeDirectory(
    readAt(file, directoryAt, layout.directoryBytes),
    keyBytesOf(header.keys),
    layout.records,
  );
  const holders = readAt(file, holdersAt, layout.holders * tagBytes);
  const destinations = readAt(file, destinationsAt, layout.destinations * tagBytes);
  checkTags(holders);
  checkTags(destinations);
  const codec = openRecordCodec(header, directory);
  const resident = options.records === 'resident' ? Buffer.allocUnsafe(layout.records * width + readBeyond) : undefined;
  const sha256 = digestAndCheck({ file, size, codec, width, records: layout.records, resident });
  if (sha256 !== trailer.toString('hex', 4)) fail('its digest is another');
  if (options.sha256 !== undefined && options.sha256 !== sha256) fail('it is not the segment that was recorded');

  const cached = resident === undefined ? options.cache?.attach(file, size) : undefined;
  const cachedView = options.cache?.view;
  let buffer = Buffer.alloc(1024 * width + readBeyond);
  let view = viewOf(resident ?? buffer);
  const run = (entry: number): Run => {
    const first = directory.record[entry]!;
    const records = directory.record[entry + 1]! - first;
    if (resident !== undefined) return { view, at: first * width, records };
    if (cached !== undefined) {
      const at = cached.place(magic.length + first * width, records * width);
      if (at >= 0) return { view: cachedView!, at, records };
    }
    if (records * width + readBeyond > buffer.length) {
      buffer = Buffer.alloc(records * width + readBeyond);
      view = viewOf(buffer);
    }
    const got = readSync(file, buffer, 0, records * width, magic.length + first * width);
    if (got !== records * width) fail('it became shorter');
    return { view, at: 0, records };
  };
  return {
    path,
    sha256,
    header,
    directory,
    codec,
    run,
    offsetOf: (entry) => magic.length + directory.record[entry]! * width,
    holder: (rank) => tagAt(holders, rank),
    destination: (rank) => tagAt(destinations, rank),
    destinationRank: (tag) => rankOf(destinations, tag),
    mark: (place) => header.marks[place]!,
    close: () => {
      cached?.detach();
      closeSync(file);
    },
  };
};

interface Pass {
  readonly file: number;
  readonly size: number;
  readonly codec: RecordCodec;
  readonly width: number;
  readonly records: number;
  readonly resident: Buffer | undefined;
}

const digestAndCheck = ({ file, size, codec, width, records, resident }: Pass): string => {
  const hash = createHash('sha256').update(magic);
  const check = codec.checker();
  const step = 65_536;
  for (let first = 0; first < records; first += step) {
    const count = Math.min(step, records - first);
    const bytes = Buffer.allocUnsafe(count * width + readBeyond);
    readInto(file, bytes, magic.length + first * width, count * width);
    hash.update(bytes.subarray(0, count * width));
    check(viewOf(bytes), first, count);
    resident?.set(bytes.subarray(0, count * width), first * width);
  }
  const end = size - 32;
  for (let at = magic.length + records * width; at < end; ) {
    const bytes = readAt(file, at, Math.min(1 << 20, end - at));
    hash.update(bytes);
    at += bytes.length;
  }
  return hash.digest('hex');
};

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const readAt = (file: number, at: number, length: number): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  readInto(file, bytes, at, length);
  return bytes;
};

const readInto = (file: number, bytes: Buffer, at: number, length: number): void => {
  for (let done = 0; done < length; ) {
    const got = readSync(file, bytes, done, length - done, at + done);
    if (got === 0) fail('it ends early');
    done += got;
  }
};

const rankOf = (tags: Buffer, tag: OpaqueTag): number => {
  const wanted = Buffer.from(tag, 'hex');
  let low = 0;
  for (let high = tags.length / tagBytes; low < high; ) {
    const middle = (low + high) >>> 1;
    const order = tags.compare(wanted, 0, tagBytes, middle * tagBytes, (middle + 1) * tagBytes);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
};

const fail = (fault: string): never => {
  throw new AttributionError('damaged-segment', fault);
};
