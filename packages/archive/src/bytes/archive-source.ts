import type { FileHandle } from 'node:fs/promises';
import { damaged } from '../archive-error.js';

/** Where an archive's bytes lie. The census reads a few kilobytes of it, wherever they are. */
export interface ArchiveSource {
  /** Bytes. */
  readonly size: number;
  /** `length` bytes from `offset`, fewer only at the end. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

export const bytesSource = (bytes: Uint8Array): ArchiveSource => ({
  size: bytes.length,
  read: async (offset, length) =>
    bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)),
});

/** The caller opens and closes the file; it is only read. */
export const fileSource = async (file: FileHandle): Promise<ArchiveSource> => {
  const { size } = await file.stat();
  return {
    size,
    read: async (offset, length) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
  };
};

/**
 * Exactly `length` bytes.
 * @throws ArchiveError `damaged` when the source ends before
 */
export const readExactly = async (source: ArchiveSource, offset: number, length: number): Promise<Uint8Array> => {
  const bytes = await source.read(offset, length);
  if (bytes.length < length) throw damaged(`ends at ${offset + bytes.length}, in the middle of a structure`);
  return bytes;
};
