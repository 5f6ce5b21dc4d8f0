import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { done, type Outcome, refused } from '@tutela/core';
import { chunkBytes } from './cipher/chunk-keys.js';
import { type ChunkOpener, chunkOpener, decryptChunks } from './cipher/decrypt-message.js';
import {
  frontBytes,
  headerBytes,
  messageKey,
  type ObjectSecret,
  openHeader,
  storedOffset,
  storedSize,
} from './envelope.js';
import type { CaseKey } from './keys/keyring.js';
import type { ObjectName, ObjectStore } from './store/object-store.js';
import type { ByteRange, OpenedRange } from './vault.js';
import { VaultError } from './vault-error.js';

/** An object whose header was opened; its chunks can be read at any place. */
export interface FrontOfObject extends Pick<ObjectSecret, 'sha256' | 'size'> {
  readonly opener: ChunkOpener;
}

/**
 * @returns `undefined` when the store has no such object
 * @throws VaultError `damaged` when the header is not that of this object, or the object was cut or lengthened
 */
export const openFront = async (
  store: ObjectStore,
  key: CaseKey,
  name: ObjectName,
): Promise<FrontOfObject | undefined> => {
  const read = await store.read(name, { start: 0, end: frontBytes });
  if (read.kind !== 'done') return undefined;
  const front = await buffer(read.value.bytes);
  const { dataKey, sha256, size } = openHeader(key, name, front);
  if (read.value.size !== storedSize(size)) {
    const lengths = `${read.value.size} bytes are stored, ${storedSize(size)} were written`;
    throw new VaultError('damaged', `${name.name} has another length: ${lengths}`);
  }
  return { sha256, size, opener: chunkOpener(messageKey(dataKey), front.subarray(headerBytes)) };
};

/** Reads and decrypts only the chunks that hold the range, once somebody reads. */
export const readRange = (
  store: ObjectStore,
  name: ObjectName,
  { sha256, size, opener }: FrontOfObject,
  { start, end: asked = size }: ByteRange,
): Outcome<OpenedRange, 'range-not-satisfiable'> => {
  const end = Math.min(asked, size);
  const whole = start === 0 && end === size;
  const isPlace = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0;
  if (!isPlace || (start >= end && !whole)) {
    return refused('range-not-satisfiable', `the object has ${size} bytes, not ${start} to ${asked}`);
  }
  const firstChunk = Math.floor(start / chunkBytes);
  const nextChunk = whole ? Infinity : Math.floor((end - 1) / chunkBytes) + 1;
  const range = { start: storedOffset(firstChunk), end: Math.min(storedOffset(nextChunk), storedSize(size)) };
  const window = { firstChunk, skip: start - firstChunk * chunkBytes, take: end - start };
  // Opened by the first read, so that a stream that nobody reads leaves no file open.
  const plain = async function* () {
    const read = await store.read(name, range);
    if (read.kind !== 'done') throw new VaultError('read-failed', read.reason.message);
    const sealed = read.value.bytes as AsyncIterable<Uint8Array>;
    yield* decryptChunks(opener, sealed, window, whole ? 'message' : 'window');
  };
  return done({ sha256, size, start, end, bytes: Readable.from(plain(), { objectMode: false }) });
};
