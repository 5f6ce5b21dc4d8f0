import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import type { EntryFault } from './entry-end.js';

/** Ends the reading of one entry; the others go on. */
export class EntryError extends Error {
  readonly fault: EntryFault;
  constructor(fault: EntryFault) {
    super(fault);
    this.fault = fault;
  }
}

/**
 * The bytes of an entry, as many as it declares and with the checksum it declares.
 * @throws EntryError in the stream: `damaged` for anything else
 */
export async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  let size = 0;
  let checksum = 0;
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      size += chunk.length;
      // What expands to more than it declares is stopped there: the limits were checked against what it declares.
      if (size > entry.uncompressedSize) throw new EntryError('damaged');
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw isSystemError(error) ? error : new EntryError('damaged');
  }
  if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw new EntryError('damaged');
}

/** A failing disk is no fault of the entry; the inflater's own errors have codes of zlib (`Z_…`). */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

export interface EntryDigests {
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
}

export const digestEntry = async (zip: ZipFile, entry: Entry): Promise<EntryDigests> => {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  let size = 0;
  for await (const chunk of readEntry(zip, entry)) {
    sha256.update(chunk);
    md5.update(chunk);
    size += chunk.length;
  }
  return { sha256: sha256.digest('hex'), md5: md5.digest('hex'), size };
};
