import { crc32 } from 'node:zlib';
import type { Check } from '../census/lock.js';
import { blockFlags, blockTypes, checksumOf } from '../rar4/blocks.js';
import { rar3Password } from './password-bytes.js';
import { decryptRar3, longestPlainPassword, rar3Key } from './rar3-key.js';
import type { CheckVerdict } from './verdict.js';

const stored = 0x30;

/**
 * Decrypts the first header: type, flags, host, version, method and checksum must be right, 35 bits together. Works for
 * volumes too, where the usual hashcat line cannot (test: "a volume of a RAR3 set with encrypted headers has no line that
 * could not match").
 */
export const checkRar3Headers = (check: Extract<Check, { scheme: 'rar3-headers' }>, password: string): CheckVerdict => {
  if (password.length > longestPlainPassword) return 'not-checked-here';
  const plain = decrypted(check.salt, password, check.header);
  const headerBytes = plain.readUInt16LE(5);
  if (!isFileHeader(plain) || headerBytes < fixedBytes) return 'does-not-open';
  // A name longer than the sample: the checksum over it cannot be made.
  if (headerBytes > plain.length) return 'may-open';
  return checksumOf(plain.subarray(0, headerBytes)) === plain.readUInt16LE(0) ? 'opens' : 'does-not-open';
};

const fixedBytes = 32;
const versions = [13, 15, 20, 26, 29, 36];

const isFileHeader = (plain: Buffer): boolean => {
  const type = plain[2];
  const hasData = (plain.readUInt16LE(3) & blockFlags.hasData) !== 0;
  const method = plain[25]!;
  const isKnown = (type === blockTypes.file || type === blockTypes.service) && versions.includes(plain[24]!);
  return isKnown && hasData && plain[15]! <= 5 && method >= 0x30 && method <= 0x35;
};

/** A stored member is decrypted and compared with the checksum of its plaintext. */
export const checkRar3Member = (check: Extract<Check, { scheme: 'rar3-member' }>, password: string): CheckVerdict => {
  if (password.length > longestPlainPassword || check.method !== stored) return 'not-checked-here';
  const plain = decrypted(check.salt, password, check.data);
  return crc32(plain.subarray(0, check.unpackedBytes)) === check.crc32 ? 'opens' : 'does-not-open';
};

export const decrypted = (salt: string, password: string, data: string): Buffer =>
  decryptRar3(rar3Key(rar3Password(password), Buffer.from(salt, 'hex')), Buffer.from(data, 'hex'));
