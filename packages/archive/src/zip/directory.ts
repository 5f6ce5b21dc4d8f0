import { damaged } from '../archive-error.js';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import { Cursor } from '../bytes/cursor.js';
import type { CensusLimits } from '../census/limits.js';
import { LimitReached } from '../census/members.js';

/** PKWARE APPNOTE 6.3.10, §4.3.12 central directory header, with the 64-bit sizes of §4.5.3 put in. */
export interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly name: Uint8Array;
  readonly extra: ReadonlyMap<number, Uint8Array>;
  readonly host: number;
  readonly externalAttributes: number;
  readonly headerOffset: number;
}

export interface Directory {
  readonly entries: Iterable<Entry>;
  readonly comment: Uint8Array;
  readonly disks: 'one' | 'several';
  /** How far all offsets are off, since something was put before the archive (a self-extracting program). */
  readonly shift: number;
}

const signature = { entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 } as const;
const endBytes = 22;
const longestComment = 0xffff;
const in64 = 0xffffffff;

export const readDirectory = async (source: ArchiveSource, limits: CensusLimits): Promise<Directory> => {
  const tailStart = Math.max(0, source.size - endBytes - longestComment);
  const tail = await readExactly(source, tailStart, source.size - tailStart);
  const at = endIn(tail);
  if (at === undefined) throw damaged('the central directory is missing');
  const end = new Cursor(tail, at + 4);
  const disk = end.u16();
  const directoryDisk = end.u16();
  end.skip(4); // counts of entries: the signatures are counted instead
  let bytes = end.u32();
  let offset = end.u32();
  const comment = end.take(Math.min(end.u16(), end.left));
  let directoryEnd = tailStart + at;
  if (offset === in64 || bytes === in64) ({ bytes, offset, directoryEnd } = await end64(source, tailStart + at));

  if (bytes > limits.directoryBytes) throw new LimitReached(`a central directory of ${bytes} bytes`);
  const shift = directoryEnd - bytes - offset;
  if (shift < 0) throw damaged('the central directory does not lie where its end says');
  const directory = await readExactly(source, offset + shift, bytes);
  const disks = disk === 0 && directoryDisk === 0 ? 'one' : 'several';
  return { entries: entriesOf(directory), comment, disks, shift };
};

/** The last end record whose comment reaches to the end, or else the last one at all. */
const endIn = (tail: Uint8Array): number | undefined => {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let loose: number | undefined;
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== signature.end) continue;
    if (at + endBytes + view.getUint16(at + 20, true) === tail.length) return at;
    loose ??= at;
  }
  return loose;
};

const end64 = async (
  source: ArchiveSource,
  endOffset: number,
): Promise<{ bytes: number; offset: number; directoryEnd: number }> => {
  const locator = new Cursor(await readExactly(source, endOffset - 20, 20));
  if (locator.u32() !== signature.locator64) throw damaged('64-bit sizes without their record');
  locator.skip(4);
  const recordOffset = locator.u64();
  const record = new Cursor(await readExactly(source, recordOffset, 56));
  if (record.u32() !== signature.end64) throw damaged('the 64-bit end record does not lie where its locator says');
  record.skip(36);
  return { bytes: record.u64(), offset: record.u64(), directoryEnd: recordOffset };
};

function* entriesOf(directory: Uint8Array): Generator<Entry> {
  const cursor = new Cursor(directory);
  while (cursor.left > 0) {
    if (cursor.u32() !== signature.entry) throw damaged('an entry of the central directory without its signature');
    cursor.skip(1);
    const host = cursor.u8();
    cursor.skip(2);
    const flags = cursor.u16();
    const method = cursor.u16();
    const time = cursor.u32();
    const crc32 = cursor.u32();
    const packed = cursor.u32();
    const unpacked = cursor.u32();
    const nameBytes = cursor.u16();
    const extraBytes = cursor.u16();
    const commentBytes = cursor.u16();
    cursor.skip(4);
    const externalAttributes = cursor.u32();
    const header = cursor.u32();
    const name = cursor.take(nameBytes);
    const extra = extraFields(cursor.take(extraBytes));
    cursor.skip(commentBytes);

    const wide = new Cursor(extra.get(1) ?? new Uint8Array());
    const of64 = (value: number): number => (value === in64 ? wide.u64() : value);
    yield {
      flags,
      method,
      time,
      crc32,
      unpackedBytes: of64(unpacked),
      packedBytes: of64(packed),
      headerOffset: of64(header),
      name,
      extra,
      host,
      externalAttributes,
    };
  }
}

/** §4.5.1: {id, size, data}; some writers leave stray bytes at the end. */
const extraFields = (bytes: Uint8Array): ReadonlyMap<number, Uint8Array> => {
  const fields = new Map<number, Uint8Array>();
  const cursor = new Cursor(bytes);
  while (cursor.left >= 4) {
    const id = cursor.u16();
    const size = cursor.u16();
    if (size > cursor.left) break;
    fields.set(id, cursor.take(size));
  }
  return fields;
};
