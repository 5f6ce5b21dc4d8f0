import { createHash } from 'node:crypto';
import { toHex } from '@tutela/core';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import type { HashcatLine, Lock, NoLine } from '../census/lock.js';
import type { FileHeader } from './file-header.js';

const kdf = { name: 'rar3-sha1', rounds: 2 ** 18 } as const;
const endBlockBytes = 24;
const headerSample = 2048;
const stored = 0x30;
/** Of hashcat's modules 23700 and 23800; the embedded check holds the same amount. */
const mostPacked = 327_680;
const mostUnpacked = 655_360;

const keyOf = (kind: string, salt: Uint8Array): string => createHash('sha256').update(kind).update(salt).digest('hex');

/**
 * The lock of an archive whose headers are encrypted. Each header stands behind the same salt, so the last 24 bytes are
 * the salt and the encrypted end block, whose plaintext begins with a constant: mode 12500. *Only in a single volume*: in
 * a set the end block is longer and not constant, and the usual line would be exhausted with the right password in the
 * list (forensics.md §2.3; test: "a volume of a RAR3 set with encrypted headers has no line that could not match").
 */
export const hiddenLock = async (
  source: ArchiveSource,
  headersStart: number,
  volumes: 'single' | 'part',
): Promise<Lock> => {
  const opening = await readExactly(source, headersStart, 8 + 16);
  const salt = opening.slice(0, 8);
  const header = await source.read(headersStart + 8, headerSample);
  return {
    key: keyOf('rar3-headers', salt),
    kdf,
    hashcat: volumes === 'part' ? none('volume-end-block-not-constant') : await endLine(source, headersStart, salt),
    check: { scheme: 'rar3-headers', salt: toHex(salt), header: toHex(header.subarray(0, header.length & ~15)) },
  };
};

const endLine = async (source: ArchiveSource, headersStart: number, salt: Uint8Array): Promise<HashcatLine> => {
  const tail = await source.read(source.size - endBlockBytes, endBlockBytes);
  const startsWithSalt = source.size - endBlockBytes > headersStart && Buffer.compare(tail.subarray(0, 8), salt) === 0;
  // Made with -en, cut off, or followed by something else.
  if (!startsWithSalt) return none('end-block-not-found');
  return { kind: 'line', mode: 12_500, line: `$RAR3$*0*${toHex(salt)}*${toHex(tail.subarray(8))}` };
};

export interface Candidate {
  readonly header: FileHeader;
  readonly salt: Uint8Array;
  readonly dataOffset: number;
}

/** The cheaper of two members to check a password on: whole and alone, then stored, then small. */
export const better = (one: Candidate, other: Candidate): Candidate => (rank(other) < rank(one) ? other : one);

const rank = ({ header }: Candidate): number => {
  const unfit = fits(header) === undefined ? 0 : 2;
  return (unfit + (header.method === stored ? 0 : 1)) * 2 ** 48 + Math.min(header.packedBytes, 2 ** 47);
};

const fits = (header: FileHeader): NoLine | undefined => {
  if (header.wholeness !== 'whole') return 'member-in-several-volumes';
  const small =
    header.packedBytes > 0 &&
    header.packedBytes % 16 === 0 &&
    header.packedBytes <= mostPacked &&
    header.unpackedBytes <= mostUnpacked &&
    (header.method !== stored || header.unpackedBytes <= header.packedBytes);
  return small && header.standing === 'alone' ? undefined : 'member-beyond-limits';
};

/** The lock of members that share a salt, told by the cheapest of them. */
export const memberLock = async (source: ArchiveSource, { header, salt, dataOffset }: Candidate): Promise<Lock> => {
  const key = keyOf('rar3-member', salt);
  const unfit = fits(header);
  if (unfit !== undefined) return { key, kdf, hashcat: none(unfit), check: { scheme: 'by-opening' } };
  const data = toHex(await readExactly(source, dataOffset, header.packedBytes));
  const { method, unpackVersion, unpackedBytes, crc32 } = header;
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32);
  const sizes = `${header.packedBytes}*${unpackedBytes}`;
  return {
    key,
    kdf,
    hashcat: {
      kind: 'line',
      mode: method === stored ? 23_700 : 23_800,
      line: `$RAR3$*1*${toHex(salt)}*${toHex(crc)}*${sizes}*1*${data}*${method.toString(16)}`,
    },
    check: { scheme: 'rar3-member', salt: toHex(salt), method, unpackVersion, unpackedBytes, crc32, data },
  };
};

const none = (why: NoLine): HashcatLine => ({ kind: 'none', why });
