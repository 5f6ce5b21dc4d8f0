import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { writeBits } from './bit-field.js';
import { type DirectoryEntry, encodeKeyEntries } from './directory.js';
import { type RowView, writeAll } from './row-files.js';
import { type RowShape, readTime } from './row-shape.js';
import { encodeHeader, recordPlaces, type SegmentHeader } from './segment-header.js';
import { compareRows } from './sort-rows.js';
import type { TagRanks } from './tag-table.js';

export const magic = Buffer.from('TUTSEG1\n');
/** After the header: its length (32 bits, little-endian) and the SHA-256 of everything before. */
export const trailerBytes = 4 + 32;

export interface WrittenSegment {
  readonly path: string;
  /** Of the whole file but its last 32 bytes, which are this digest. */
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly header: SegmentHeader;
}

export interface SegmentParts {
  readonly target: string;
  readonly shape: RowShape;
  /** In order, each once. */
  readonly rows: Iterable<RowView>;
  readonly holders: TagRanks;
  readonly destinations: TagRanks | undefined;
  /** From the number in a row to the place in the header. */
  readonly markPlaces: Uint8Array;
  /** The header before its records are counted. */
  readonly header: SegmentHeader;
}

/**
 * Writes runs, directory, tags and header to a file beside the target, makes it durable and gives it the target's name:
 * whoever opens the target sees all of it or nothing.
 */
export const writeSegment = (parts: SegmentParts): WrittenSegment => {
  const { target, shape, holders, destinations } = parts;
  const temporary = `${target}.writing`;
  const out = hashingFile(temporary);
  out.write(magic);
  const { directory, records } = writeRuns(parts, out.write);
  for (const piece of directory) out.write(piece);
  out.write(holders.tags);
  if (destinations !== undefined) out.write(destinations.tags);
  const directoryBytes = directory.reduce((sum, piece) => sum + piece.length, 0);
  const header = { ...parts.header, keys: shape.keys, layout: { ...parts.header.layout, records, directoryBytes } };
  const encoded = encodeHeader(header);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(encoded.length);
  out.write(encoded);
  out.write(length);
  const { sha256, bytes } = out.close();
  renameSync(temporary, target);
  const folder = openSync(path.dirname(target), 'r');
  fsyncSync(folder);
  closeSync(folder);
  return { path: target, sha256, bytes, records, header };
};

const writeRuns = (parts: SegmentParts, write: (bytes: Uint8Array) => void) => {
  const { shape, header } = parts;
  const { layout } = header;
  const width = recordPlaces(layout).bytes;
  const buffer = Buffer.allocUnsafe(width * 16_384);
  const runKey = Buffer.alloc(shape.from);
  const directory: Uint8Array[] = [];
  const keyHolders = new Set<number>();
  let entries: DirectoryEntry[] = [];
  let used = 0;
  let run = 0;
  let records = 0;

  const endRun = (): void => {
    if (run === 0) return;
    const [proto, first, last] = [shape.proto, shape.first, shape.last];
    entries.push({
      proto: runKey[proto]!,
      first: runKey.readUInt16BE(first),
      last: runKey.readUInt16BE(last),
      records: run,
    });
    run = 0;
  };
  const endKey = (): void => {
    endRun();
    if (entries.length === 0) return;
    directory.push(encodeKeyEntries(runKey.subarray(0, shape.keyBytes), keyHolders.size, entries));
    entries = [];
    keyHolders.clear();
  };
  for (const { bytes, at } of inMarkOrder(parts)) {
    if (compareRows(bytes, at, runKey, 0, shape.from) !== 0 || records === 0) {
      if (compareRows(bytes, at, runKey, 0, shape.keyBytes) !== 0) endKey();
      else endRun();
      bytes.copy(runKey, 0, at, at + shape.from);
    }
    if (used === buffer.length) {
      write(buffer);
      used = 0;
    }
    const holder = writeRecord(parts, bytes, at, buffer, used);
    used += width;
    keyHolders.add(holder);
    run++;
    records++;
  }
  endKey();
  write(buffer.subarray(0, used));
  return { directory, records };
};

const writeRecord = (parts: SegmentParts, bytes: Buffer, at: number, into: Buffer, place: number): number => {
  const { shape, holders, destinations, header } = parts;
  const { base, unitMs, timeBits, holderBits, markBits, destinationBits } = header.layout;
  const places = recordPlaces(header.layout);
  const put = (offset: number, width: number, value: number): void => writeBits(into, 8 * place + offset, width, value);
  const holder = holders.rankOf(bytes, at + shape.holder);
  const from = (readTime(bytes, at + shape.from) - base) / unitMs;
  const to = (readTime(bytes, at + shape.to) - base) / unitMs;
  into.fill(0, place, place + places.bytes);
  put(places.from, timeBits, from);
  put(places.to, timeBits, to);
  put(places.holder, holderBits, holder);
  put(places.mark, markBits, bytes[at + shape.mark]!);
  if (destinations !== undefined) {
    const named = bytes.subarray(at + shape.destination, at + shape.mark).some((byte) => byte !== 0);
    const rank = named ? destinations.rankOf(bytes, at + shape.destination) + 1 : 0;
    put(places.destination, destinationBits, rank);
  }
  return holder;
};

/**
 * Rows carry the numbers that marks got in the order they first came. Rows that differ in nothing else are put in the
 * order of the header's marks here, so that bytes do not depend on the order of the input (test: "the same holdings in
 * any order, with duplicates, are the same bytes").
 */
function* inMarkOrder({ rows, shape, markPlaces }: SegmentParts): Generator<RowView, void> {
  const group = Buffer.alloc(shape.width);
  let marks: number[] = [];
  function* flush(): Generator<RowView, void> {
    for (const mark of marks.sort((one, other) => one - other)) {
      group[shape.mark] = mark;
      yield { bytes: group, at: 0 };
    }
  }
  for (const { bytes, at } of rows) {
    const mark = markPlaces[bytes[at + shape.mark]!]!;
    if (marks.length > 0 && compareRows(bytes, at, group, 0, shape.mark) === 0) {
      marks.push(mark);
      continue;
    }
    yield* flush();
    bytes.copy(group, 0, at, at + shape.width);
    marks = [mark];
  }
  yield* flush();
}

const hashingFile = (file: string) => {
  const handle = openSync(file, 'w');
  const hash = createHash('sha256');
  let bytes = 0;
  const write = (chunk: Uint8Array): void => {
    hash.update(chunk);
    bytes += writeAll(handle, chunk);
  };
  return {
    write,
    close: () => {
      const digest = hash.digest();
      bytes += writeAll(handle, digest);
      fsyncSync(handle);
      closeSync(handle);
      return { sha256: digest.toString('hex'), bytes };
    },
  };
};
