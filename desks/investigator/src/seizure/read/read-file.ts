import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { toHex } from '@tutela/core';
import { digestBytes } from '@tutela/fingerprint';
import { type Classified, classify } from './file-class.js';
import type { PieceDigester } from './piece-digester.js';

/** What one read of a file yields. `changed`: it grew or shrank meanwhile, so that no digest stands for it. */
export type ReadFile =
  | (Classified & {
      readonly state: 'digested';
      readonly size: number;
      readonly sha256: string;
      readonly sha1: string;
      readonly md5: string;
      /** More than one where the file is longer than an extent, otherwise none. */
      readonly extents: readonly string[];
    })
  | { readonly state: 'unreadable' | 'changed' }
  | { readonly state: 'stopped' };

export interface ReadDeps {
  readonly digester: () => PieceDigester;
  readonly extentBytes: number;
  readonly mayGoOn: () => Promise<'goes-on' | 'stops'>;
}

/** From here on the digests are made side by side, on threads of their own. */
export const smallBytes = 8 << 20;
export const headBytes = 1 << 20;

/**
 * Never follows a link and never waits for the other end of a pipe. The time of last access is left as it is, where the
 * system lets us; it lets nobody but the file's owner.
 */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
let quietly = constants.O_NOATIME ?? 0;

/** Opens a file once and reads it once. @param size as it was looked up */
export const readFile = async (path: Buffer, size: number, deps: ReadDeps): Promise<ReadFile> => {
  try {
    return size <= smallBytes ? readSmall(path) : await readLong(path, size, deps);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { state: 'unreadable' };
  }
};

const openQuietly = (path: Buffer): number => {
  try {
    return openSync(path, flags | quietly);
  } catch (error) {
    if (quietly === 0 || (error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    quietly = 0;
    return openSync(path, flags);
  }
};

const readSmall = (path: Buffer): ReadFile => {
  const file = openQuietly(path);
  try {
    const { size } = fstatSync(file);
    if (size > smallBytes) return { state: 'changed' };
    // One byte more is asked for: a file that grew meanwhile gives itself away.
    const content = Buffer.allocUnsafe(size + 1);
    let read = 0;
    for (let got = -1; got !== 0 && read < content.length; read += got)
      got = readSync(file, content, read, content.length - read, null);
    if (read !== size) return { state: 'changed' };
    const bytes = content.subarray(0, size);
    const { sha256, sha1, md5 } = digestBytes(bytes);
    const digests = { sha256: toHex(sha256), sha1: toHex(sha1), md5: toHex(md5), extents: [] };
    return { state: 'digested', size, ...digests, ...classify(bytes.subarray(0, headBytes)) };
  } finally {
    closeSync(file);
  }
};

const readLong = async (path: Buffer, size: number, deps: ReadDeps): Promise<ReadFile> => {
  const file = await open(path, flags | quietly).catch(async (error: NodeJS.ErrnoException) => {
    if (quietly === 0 || error.code !== 'EPERM') throw error;
    quietly = 0;
    return open(path, flags);
  });
  try {
    let head: Classified | undefined;
    const read = async (room: Buffer): Promise<number> => {
      let filled = 0;
      while (filled < room.length) {
        const { bytesRead } = await file.read(room, filled, room.length - filled, null);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      head ??= classify(Uint8Array.prototype.slice.call(room, 0, Math.min(filled, headBytes)));
      return filled;
    };
    const digests = await deps.digester().digest(read, deps.extentBytes, deps.mayGoOn);
    if (digests === 'stopped') return { state: 'stopped' };
    if (digests.size !== size || head === undefined) return { state: 'changed' };
    const { extents, ...others } = digests;
    return { state: 'digested', ...others, extents: extents.length > 1 ? extents : [], ...head };
  } finally {
    await file.close();
  }
};

const isSystemError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';
