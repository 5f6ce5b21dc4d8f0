import { crc32 } from 'node:zlib';
import { damaged } from '../archive-error.js';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import { Cursor, countOf } from '../bytes/cursor.js';

/** RAR 5.0 archive format, RARLAB technote, "General archive structure". */
export const rar5Signature = Uint8Array.of(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00);

export const blockTypes = { main: 1, file: 2, service: 3, encryption: 4, end: 5 } as const;

export interface Block {
  readonly type: number;
  readonly flags: number;
  /** The fields of this type, after the flags and sizes. */
  readonly fields: Cursor;
  readonly extra: Uint8Array;
  readonly dataOffset: number;
  readonly dataBytes: number;
  readonly nextOffset: number;
}

/** The technote's limit of a header. */
const largestHeader = 2 << 20;
const firstRead = 1024;

/** Variable length integer: seven bits a byte, low ones first, at most ten bytes. */
export const readVint = (cursor: Cursor): number => {
  let value = 0n;
  for (let byte = 0; byte < 10; byte++) {
    const next = cursor.u8();
    value |= BigInt(next & 0x7f) << BigInt(7 * byte);
    if (next < 0x80) return countOf(value);
  }
  throw damaged('a number of more than ten bytes');
};

/** @throws ArchiveError `damaged` when the header is cut off or its checksum is another */
export const readBlock = async (source: ArchiveSource, offset: number): Promise<Block> => {
  let bytes = await source.read(offset, firstRead);
  const opening = new Cursor(bytes, 4);
  const headerBytes = readVint(opening);
  const headerEnd = opening.position + headerBytes;
  if (headerBytes === 0 || headerBytes > largestHeader) throw damaged(`a header of ${headerBytes} bytes at ${offset}`);
  if (headerEnd > bytes.length) bytes = await readExactly(source, offset, headerEnd);
  if (crc32(bytes.subarray(4, headerEnd)) !== new Cursor(bytes).u32()) {
    throw damaged(`the header at ${offset} does not have its checksum`);
  }

  const fields = new Cursor(bytes.subarray(0, headerEnd), opening.position);
  const type = readVint(fields);
  const flags = readVint(fields);
  const extraBytes = flags & 1 ? readVint(fields) : 0;
  const dataBytes = flags & 2 ? readVint(fields) : 0;
  if (extraBytes > fields.left) throw damaged('an extra area larger than its header');
  const dataOffset = offset + headerEnd;
  return {
    type,
    flags,
    fields,
    extra: bytes.subarray(headerEnd - extraBytes, headerEnd),
    dataOffset,
    dataBytes,
    nextOffset: countOf(BigInt(dataOffset) + BigInt(dataBytes)),
  };
};
