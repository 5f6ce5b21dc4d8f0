import { HashIndexError } from './hash-index-error.js';
import { firstFreeAddress, newMemory, pageBytes, type SharedMemory } from './kernel.js';

/** Where the next allocation begins stands in the memory itself, so that every thread can allocate. */
const nextFreeWord = 64 / 4;
const alignment = 64;

/** A memory with room for `bytes`; more is added as it is asked for. */
export const newArena = (bytes: number): SharedMemory => {
  const memory = newMemory(bytes + firstFreeAddress + alignment);
  new Uint32Array(memory.buffer)[nextFreeWord] = firstFreeAddress;
  return memory;
};

const alignedUp = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** Bytes as they lie in an arena, counted before it exists. */
export const arenaBytes = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + alignedUp(size), 0);

/**
 * Address of `bytes` zeroed bytes, a multiple of 64. Nothing is ever freed: a segment lives and dies with its memory.
 * @throws HashIndexError when the 4 GiB of a segment or the machine's memory are used up.
 */
export const allocate = (memory: SharedMemory, bytes: number): number => {
  const address = Atomics.add(new Uint32Array(memory.buffer), nextFreeWord, alignedUp(bytes)) >>> 0;
  const missing = address + bytes - memory.buffer.byteLength;
  if (missing > 0) {
    try {
      memory.grow(Math.ceil(missing / pageBytes));
    } catch (cause) {
      throw new HashIndexError('out-of-memory', `no room for ${bytes} more bytes`, { cause });
    }
  }
  return address;
};

/** Bytes in use. */
export const usedBytes = (memory: SharedMemory): number => Atomics.load(new Uint32Array(memory.buffer), nextFreeWord);
