import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { type Done, done, type Failed, failed, type Refused, refused } from '@tutela/core';
import { type HammingIndex, openIndex } from './hamming-index.js';
import { kernelOf } from './kernel.js';
import { hashBytes } from './layout.js';
import { countRows, liveRows, type Rows, sliceRows } from './rows.js';
import { buildSegments, newSegment, rowsOf, type Segment } from './segment.js';

// A file: 8 bytes of magic, u32 version, u32 next entry; then blocks of u32 count, hashes (32 bytes each, as given),
// entries (u32 each), lists (u32 each); a count of 0; SHA-256 of all before. Numbers are little-endian. Tables are not
// stored: building them takes less time than reading them.
const magic = new TextEncoder().encode('TUTELAHX');
const version = 1;
const headBytes = 16;
const countBytes = 4;
const rowBytes = hashBytes + 8;
const digestBytes = 32;
/** Rows in a block of this writer; a reader takes any number up to it. */
const blockRows = 65_536;

/**
 * Writes the rows that can be found to `path`: beside it first, then renamed, so that a reader sees the old file or
 * the new one. The index must not be changed meanwhile.
 */
export const saveIndex = async (index: HammingIndex, path: string): Promise<void> => {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    const hash = createHash('sha256');
    const write = async (bytes: Uint8Array): Promise<void> => {
      hash.update(bytes);
      await file.write(bytes);
    };
    await write(headOf(index));
    for (const block of blocksOf(index)) await write(block);
    await write(new Uint8Array(countBytes));
    await file.write(hash.digest());
    await file.sync();
    await file.close();
    await rename(partial, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
};

const headOf = (index: HammingIndex): Uint8Array => {
  const head = new Uint8Array(headBytes);
  head.set(magic);
  const view = new DataView(head.buffer);
  view.setUint32(8, version, true);
  view.setUint32(12, index.nextEntry, true);
  return head;
};

function* blocksOf(index: HammingIndex): Generator<Uint8Array> {
  const room = newSegment(blockRows);
  for (const segment of index.segments()) {
    for (const rows of liveRows(rowsOf(segment))) {
      for (let at = 0; at < rows.entries.length; at += blockRows)
        yield blockOf(sliceRows(rows, at, at + blockRows), room);
    }
  }
}

const blockOf = (rows: Rows, room: Segment): Uint8Array => {
  const count = rows.entries.length;
  const block = new Uint8Array(countBytes + rowBytes * count);
  new DataView(block.buffer).setUint32(0, count, true);
  block.set(asGiven(rows.hashes, room), countBytes);
  block.set(bytesOf(rows.entries), countBytes + hashBytes * count);
  block.set(bytesOf(rows.lists), countBytes + (hashBytes + 4) * count);
  return block;
};

/** Hashes out of the kernel's order of bits, as a view on the room. */
const asGiven = (permuted: Uint8Array, { memory, hashes }: Segment): Uint8Array => {
  const place = new Uint8Array(memory.buffer, hashes, permuted.length);
  place.set(permuted);
  kernelOf(memory).unpermute(hashes, hashes, permuted.length / hashBytes);
  return place;
};

const bytesOf = (words: Uint32Array): Uint8Array => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

export type LoadedIndex = Done<HammingIndex> | Refused<'damaged' | 'unknown-version'> | Failed<'not-found'>;

/** Reads what `saveIndex` wrote and builds the index again; refused unless every byte is as it was written. */
export const loadIndex = async (path: string): Promise<LoadedIndex> => {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch {
    return failed('not-found', `${path} cannot be opened`);
  }
  try {
    return await readIndex(file, path);
  } finally {
    await file.close();
  }
};

const readIndex = async (file: FileHandle, path: string): Promise<LoadedIndex> => {
  const damaged = refused('damaged', `${path} is not as it was written`);
  const hash = createHash('sha256');
  const head = await readExactly(file, headBytes, hash);
  if (head === undefined || Buffer.compare(head.subarray(0, magic.length), magic) !== 0) return damaged;
  const view = new DataView(head.buffer);
  if (view.getUint32(8, true) !== version) return refused('unknown-version', `${path} has a form of another version`);
  const parts: Rows[] = [];
  for (;;) {
    const count = await readExactly(file, countBytes, hash);
    const rowCount = count === undefined ? Number.NaN : new DataView(count.buffer).getUint32(0, true);
    if (!(rowCount <= blockRows)) return damaged;
    if (rowCount === 0) break;
    const block = await readExactly(file, rowBytes * rowCount, hash);
    if (block === undefined) return damaged;
    parts.push(rowsOfBlock(block, rowCount));
  }
  const digest = await readExactly(file, digestBytes);
  const after = await readExactly(file, 1);
  if (digest === undefined || after !== undefined || Buffer.compare(digest, hash.digest()) !== 0) return damaged;
  return done(openIndex(buildSegments(parts, 'as given'), countRows(parts), view.getUint32(12, true)));
};

/** So many bytes in a buffer of their own, or `undefined` where the file ends before. */
const readExactly = async (file: FileHandle, length: number, hash?: Hash): Promise<Uint8Array | undefined> => {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at);
    if (bytesRead === 0) return undefined;
    at += bytesRead;
  }
  hash?.update(bytes);
  return bytes;
};

const rowsOfBlock = (block: Uint8Array, count: number): Rows => ({
  hashes: block.subarray(0, hashBytes * count),
  entries: new Uint32Array(block.buffer, hashBytes * count, count),
  lists: new Uint32Array(block.buffer, (hashBytes + 4) * count, count),
});
