import { createDecipheriv, createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { ArchiveError } from '../archive-error.js';
import type { Check } from '../census/lock.js';
import { decompressStart } from '../sevenzip/decompress.js';
import { utf16Password } from './password-bytes.js';
import type { CheckVerdict } from './verdict.js';

type SevenZipCheck = Extract<Check, { scheme: '7z' }>;

/** Decrypts and unpacks as far as the first file and compares its checksum. */
export const checkSevenZip = (check: SevenZipCheck, password: string): CheckVerdict => {
  const key = sevenZipKey(utf16Password(password), Buffer.from(check.salt, 'hex'), check.log2Rounds);
  const cipher = createDecipheriv('aes-256-cbc', key, Buffer.from(check.iv, 'hex')).setAutoPadding(false);
  const packed = cipher.update(Buffer.from(check.data, 'hex')).subarray(0, check.packedBytes);
  try {
    return crc32(decompressStart(check.coder, packed, check.unpackedBytes)) === check.crc32 ? 'opens' : 'does-not-open';
  } catch (error) {
    if (error instanceof ArchiveError) return 'does-not-open'; // no stream of that kind: the key is another
    throw error;
  }
};

const piecesAtOnce = 4096;
/** 7-Zip's way to say that the password itself is the key. */
const noRounds = 0x3f;

/** SHA-256 over 2^n times salt, password and a counter of eight bytes (7-Zip `7zAes.cpp`). */
const sevenZipKey = (password: Buffer, salt: Buffer, log2Rounds: number): Buffer => {
  if (log2Rounds === noRounds)
    return Buffer.alloc(32, 0).fill(Buffer.concat([salt, password]), 0, salt.length + password.length);
  const rounds = 2 ** log2Rounds;
  const pieces = Math.min(rounds, piecesAtOnce);
  const pattern = Buffer.concat([salt, password, Buffer.alloc(8)]);
  const block = Buffer.alloc(pattern.length * pieces, pattern);
  const hash = createHash('sha256');
  for (let round = 0; round < rounds; round += pieces) {
    for (let piece = 0, at = pattern.length - 8; piece < pieces; piece++, at += pattern.length) {
      block.writeUInt32LE(round + piece, at);
    }
    hash.update(block);
  }
  return hash.digest();
};
