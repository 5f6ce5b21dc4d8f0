import type { Member } from '../census/census.js';
import { dosTime } from '../census/dos-time.js';
import { type Block, wide } from './blocks.js';
import { memberName } from './member-name.js';

const flag = {
  fromPrevious: 0x0001,
  inNext: 0x0002,
  encrypted: 0x0004,
  solid: 0x0010,
  sizesAre64: 0x0100,
  unicode: 0x0200,
  salted: 0x0400,
  folder: 0x00e0,
} as const;
const unixHost = 3;
const linkMode = 0o120000;

export interface FileHeader {
  readonly member: Member;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly unpackVersion: number;
  /** 0x30 stored to 0x35 best. */
  readonly method: number;
  readonly crc32: number;
  readonly salt: Uint8Array | undefined;
  readonly wholeness: 'whole' | 'starts-here' | 'goes-on';
  /** A solid member needs those before it to be unpacked. */
  readonly standing: 'alone' | 'solid';
}

/** "File header", blocks 0x74 and 0x7a. */
export const readFileHeader = ({ fields, flags, dataBytes }: Block): FileHeader => {
  const lowUnpacked = fields.u32();
  const host = fields.u8();
  const crc32 = fields.u32();
  const time = fields.u32();
  const unpackVersion = fields.u8();
  const method = fields.u8();
  const nameBytes = fields.u16();
  const attributes = fields.u32();
  const [highPacked, highUnpacked] = flags & flag.sizesAre64 ? [fields.u32(), fields.u32()] : [0, 0];
  const name = memberName(fields.take(nameBytes), (flags & flag.unicode) !== 0);
  const salt = flags & flag.salted ? fields.take(8) : undefined;

  const packedBytes = wide(dataBytes, highPacked);
  const unpackedBytes = wide(lowUnpacked, highUnpacked);
  const isFolder = (flags & flag.folder) === flag.folder;
  const isLink = host === unixHost && ((attributes >>> 0) & 0o170000) === linkMode;
  const wholeness = flags & flag.fromPrevious ? 'goes-on' : flags & flag.inNext ? 'starts-here' : 'whole';
  return {
    member: {
      name,
      kind: isFolder ? 'folder' : isLink ? 'link' : 'file',
      bytes: unpackedBytes,
      ...(wholeness === 'whole' ? { packedBytes, crc32 } : {}),
      encrypted: flags & flag.encrypted ? 'yes' : 'no',
      modified: dosTime(time),
    },
    packedBytes,
    unpackedBytes,
    unpackVersion,
    method,
    crc32,
    salt,
    wholeness,
    standing: flags & flag.solid ? 'solid' : 'alone',
  };
};
