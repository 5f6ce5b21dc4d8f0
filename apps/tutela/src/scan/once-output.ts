import { closeSync, fstatSync, openSync, readlinkSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import type { Platform } from '@tutela/platform-desk';

/**
 * Writes the lines of a scan, batch after batch, so that over all runs of the scan each line is written once.
 *
 * Into a regular file this holds through a kill at any moment: where the lines are about to go is on record before they
 * are written, and a resumed run looks whether they arrived (test: "a scan killed while it writes leaves each line
 * once"). Into a pipe nobody can know: there a kill may repeat the batch that was being written.
 */
export interface OnceOutput {
  /** The batch that comes next. */
  readonly next: () => number;
  readonly write: (lines: Uint8Array) => Promise<void>;
}

type Store = Pick<Platform, 'outputOf' | 'setOutput'>;

/** @param linesOf the lines of a batch that an earlier run may have been writing */
export const openOnceOutput = async (
  store: Store,
  scan: string,
  fd: number,
  linesOf: (ordinal: number) => Promise<Uint8Array | undefined>,
): Promise<OnceOutput> => {
  const { written, pending } = await store.outputOf(scan);
  let next = written;
  if (pending !== null) {
    const lines = await linesOf(written);
    if (lines !== undefined && arrived(pending, lines)) next++;
    await store.setOutput(scan, { written: next, pending: null });
  }
  return {
    next: () => next,
    write: async (lines) => {
      const place = placeOf(fd);
      if (place !== undefined) await store.setOutput(scan, { pending: { ...place, length: lines.length } });
      writeAll(fd, lines);
      next++;
      await store.setOutput(scan, { written: next, pending: null });
    },
  };
};

interface Place {
  readonly device: number;
  readonly inode: number;
  readonly path: string;
  readonly offset: number;
}

/** Where the next byte of a descriptor goes; `undefined` for anything but a regular file that can be found again. */
const placeOf = (fd: number): Place | undefined => {
  const found = fstatSync(fd);
  if (!found.isFile()) return undefined;
  try {
    return { device: found.dev, inode: found.ino, path: readlinkSync(`/proc/self/fd/${fd}`), offset: found.size };
  } catch {
    return undefined;
  }
};

/** Whether all lines are in the file. A torn beginning of them is cut off. */
const arrived = (place: Place & { readonly length: number }, lines: Uint8Array): boolean => {
  const found = statSync(place.path, { throwIfNoEntry: false });
  if (found === undefined || found.dev !== place.device || found.ino !== place.inode) return false;
  if (found.size <= place.offset) return false;
  const there = readAt(place.path, place.offset, Math.min(lines.length, found.size - place.offset));
  if (!there.equals(lines.subarray(0, there.length))) return false;
  if (there.length === lines.length) return true;
  truncateSync(place.path, place.offset);
  return false;
};

const readAt = (path: string, offset: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  const fd = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(fd, bytes, 0, length, offset));
  } finally {
    closeSync(fd);
  }
};

const writeAll = (fd: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      // A full pipe that is set not to block asks to try again.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
};
