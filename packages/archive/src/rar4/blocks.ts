import { crc32 } from 'node:zlib';
import { damaged } from '../archive-error.js';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import { Cursor, countOf } from '../bytes/cursor.js';

/** RAR 4.20 technote. RAR itself was the default up to 5.40 (2016), so most old archives are of this kind. */
export const rar4Signature = Uint8Array.of(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00);

export const blockTypes = { main: 0x73, file: 0x74, service: 0x7a, end: 0x7b } as const;
export const blockFlags = { hasData: 0x8000 } as const;

export interface Block {
  readonly type: number;
  readonly flags: number;
  /** The fields of this type, after the seven bytes common to all and the size of the data. */
  readonly fields: Cursor;
  /** Low 32 bits of the data that follows; a file header may add 32 more. */
  readonly dataBytes: number;
  readonly dataOffset: number;
}

const commonBytes = 7;
const firstRead = 512;

/** @throws ArchiveError `damaged` when the header is cut off or its checksum is another */
export const readBlock = async (source: ArchiveSource, offset: number): Promise<Block> => {
  let bytes = await source.read(offset, firstRead);
  const opening = new Cursor(bytes);
  const checksum = opening.u16();
  const type = opening.u8();
  const flags = opening.u16();
  const headerBytes = opening.u16();
  if (headerBytes < commonBytes) throw damaged(`a header of ${headerBytes} bytes at ${offset}`);
  if (headerBytes > bytes.length) bytes = await readExactly(source, offset, headerBytes);
  const header = bytes.subarray(0, headerBytes);
  if (checksum !== checksumOf(header)) throw damaged(`the header at ${offset} does not have its checksum`);

  const fields = new Cursor(header, commonBytes);
  const dataBytes = flags & blockFlags.hasData ? fields.u32() : 0;
  return { type, flags, fields, dataBytes, dataOffset: offset + headerBytes };
};

/** The low 16 bits of the CRC-32 of all but the checksum itself. */
export const checksumOf = (header: Uint8Array): number => crc32(header.subarray(2)) & 0xffff;

/** Sizes beyond 4 GiB stand in two fields. */
export const wide = (low: number, high: number): number => countOf((BigInt(high) << 32n) | BigInt(low));
