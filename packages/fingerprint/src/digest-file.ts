import { closeSync, constants, fstatSync, openSync, type PathLike, readSync } from 'node:fs';
import { type Done, done, type Failed, failed, type Refused, refused } from '@tutela/core';
import { type Digests, digestBytes, runningDigests } from './digests.js';

/**
 * `missing`: no such name (a dangling link too); `not-a-file`: a folder, a device, a pipe; `unreadable`: the system
 * refused to open or read it; `changed`: it grew or shrank while it was read, so its digests stand for no version of it.
 */
export type DigestCode = 'missing' | 'not-a-file' | 'unreadable' | 'changed';

export interface DigestedFile extends Digests {
  /** All of the file when it is no longer than `keep`, from the same read as the digests; else its first bytes. */
  readonly content: Uint8Array;
}
export type DigestOutcome = Done<DigestedFile> | Refused<DigestCode> | Failed<DigestCode>;

export interface DigestOptions {
  /** Longest file to hand back whole, in bytes; 1 MiB when left out. */
  readonly keep?: number;
}

// Without O_NONBLOCK, opening a named pipe waits for its writer for ever. Windows has no such flag and no such pipes.
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const pieceBytes = 4 << 20;
const headBytes = 4096;

/** Where the pieces of a long file go. */
export interface PieceSink {
  /** Room for the next piece. */
  readonly next: () => Buffer;
  /** The filled part of what `next` gave. */
  readonly add: (piece: Buffer) => void;
  readonly end: () => Digests;
}

let pieceBuffer: Buffer | undefined;
const ownSink = (): PieceSink => {
  pieceBuffer ??= Buffer.allocUnsafeSlow(pieceBytes);
  const buffer = pieceBuffer;
  return { next: () => buffer, ...runningDigests() };
};

/**
 * SHA-256, SHA-1 and MD5 of a file in one read, on the calling thread: for worker threads and command lines. A file up
 * to `keep` bytes costs four system calls; a longer one is read in pieces of 4 MiB that never add up in memory.
 */
export const digestFileSync = (path: PathLike, { keep = 1 << 20 }: DigestOptions = {}): DigestOutcome =>
  digestFileInto(path, keep, ownSink);

export const digestFileInto = (path: PathLike, keep: number, sink: () => PieceSink): DigestOutcome => {
  let file: number;
  try {
    file = openSync(path, openFlags);
  } catch (cause) {
    return whyUnreadable(cause);
  }
  try {
    return digestOpen(file, keep, sink);
  } catch (cause) {
    return whyUnreadable(cause);
  } finally {
    closeSync(file);
  }
};

const digestOpen = (file: number, keep: number, sink: () => PieceSink): DigestOutcome => {
  const stats = fstatSync(file);
  if (!stats.isFile()) return refused('not-a-file', 'Only regular files have a content to digest.');
  return stats.size <= keep ? digestWhole(file, stats.size) : digestInPieces(file, stats.size, sink());
};

// One byte more than expected is asked for, so that a file that grew meanwhile gives itself away.
const digestWhole = (file: number, size: number): DigestOutcome => {
  const content = Buffer.allocUnsafe(size + 1);
  const first = readSync(file, content, 0, content.length, null);
  // All of it at once, as ever on local disks: asking again would cost a call to hear that this was the end.
  const read = first === size ? size : first + fill(file, content.subarray(first));
  if (read !== size) return changed(size, read);
  const bytes = content.subarray(0, size);
  return done({ ...digestBytes(bytes), content: bytes });
};

const digestInPieces = (file: number, size: number, sink: PieceSink): DigestOutcome => {
  let content: Uint8Array | undefined;
  let total = 0;
  for (let ended = false; !ended && total <= size; ) {
    const buffer = sink.next();
    const read = fill(file, buffer);
    content ??= Uint8Array.prototype.slice.call(buffer, 0, Math.min(read, headBytes));
    sink.add(buffer.subarray(0, read));
    total += read;
    ended = read < buffer.length;
  }
  const digests = sink.end();
  return total === size ? done({ ...digests, content: content! }) : changed(size, total);
};

/** Reads until the buffer is full or the file ends: a single read may come back short. */
const fill = (file: number, buffer: Buffer): number => {
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(file, buffer, filled, buffer.length - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return filled;
};

const changed = (expected: number, read: number): DigestOutcome =>
  failed('changed', `The file had ${expected} bytes when it was opened and ${read} when it was read.`);

const whyUnreadable = (cause: unknown): Refused<DigestCode> => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') return refused('missing', `There is no such file (${code}).`);
  if (code === 'EISDIR' || code === 'ENXIO') return refused('not-a-file', `This is no regular file (${code}).`);
  return refused('unreadable', `The file cannot be read (${code}).`);
};
