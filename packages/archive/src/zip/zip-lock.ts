import { createHash } from 'node:crypto';
import { toHex } from '@tutela/core';
import { damaged } from '../archive-error.js';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import { Cursor } from '../bytes/cursor.js';
import type { Lock } from '../census/lock.js';
import type { Entry } from './directory.js';

/** WinZip AE-1/AE-2 specification 1.04: extra field 0x9901. */
export interface Aes {
  readonly vendorVersion: number;
  readonly strength: 1 | 2 | 3;
  readonly method: number;
}

const aesMethod = 99;
const flag = { encrypted: 0x0001, hasDescriptor: 0x0008 } as const;
const localSignature = 0x04034b50;
const localBytes = 30;
/** hashcat 6.2.6: 8 MiB of data for mode 13600, 320 KiB for 17200 and 17210. */
const mostAesData = 8 << 20;
const mostCryptoData = 320 << 10;
const deflated = 8;
const stored = 0;

export const isEncrypted = ({ flags }: Entry): boolean => (flags & flag.encrypted) !== 0;

export const aesOf = ({ method, extra }: Entry): Aes | undefined => {
  if (method !== aesMethod) return undefined;
  const cursor = new Cursor(extra.get(0x9901) ?? new Uint8Array());
  const vendorVersion = cursor.u16();
  if (cursor.u16() !== 0x4541) throw damaged('an encryption record without its mark');
  const strength = cursor.u8();
  if (strength !== 1 && strength !== 2 && strength !== 3) throw damaged(`an AES strength of ${strength}`);
  return { vendorVersion, strength, method: cursor.u16() };
};

interface Data {
  readonly bytes: Uint8Array;
  /** Of the data, from the local header. */
  readonly offset: number;
}

const dataOf = async (source: ArchiveSource, entry: Entry, shift: number): Promise<Data> => {
  const start = entry.headerOffset + shift;
  const header = new Cursor(await readExactly(source, start, localBytes));
  if (header.u32() !== localSignature) throw damaged('a member does not lie where the central directory says');
  header.skip(22);
  const offset = localBytes + header.u16() + header.u16();
  return { offset, bytes: await readExactly(source, start + offset, entry.packedBytes) };
};

/** How well a password can be checked on a member: within the limits, and early in the archive. */
export const fitsZipLock = (entry: Entry): boolean => {
  if (entry.method === aesMethod) return entry.packedBytes <= mostAesData;
  return entry.packedBytes <= mostCryptoData && (entry.method === deflated || entry.method === stored);
};

export const aesLock = async (source: ArchiveSource, entry: Entry, aes: Aes, shift: number): Promise<Lock> => {
  const kdf = { name: 'pbkdf2-hmac-sha1', rounds: 1000 } as const;
  const saltBytes = 4 + 4 * aes.strength;
  if (!fitsZipLock(entry)) return tooLarge(kdf, entry);
  const cursor = new Cursor((await dataOf(source, entry, shift)).bytes);
  const salt = toHex(cursor.take(saltBytes));
  const verifier = toHex(cursor.take(2));
  const data = toHex(cursor.take(cursor.left - 10));
  const authentication = toHex(cursor.take(10));
  const line = `$zip2$*0*${aes.strength}*0*${salt}*${verifier}*${(data.length / 2).toString(16)}*${data}*${authentication}*$/zip2$`;
  return {
    key: keyOf('zip-aes', `${salt}${verifier}${authentication}`),
    kdf,
    hashcat: { kind: 'line', mode: 13_600, line },
    check: { scheme: 'zip-aes', strength: aes.strength, salt, verifier, data, authentication },
  };
};

/**
 * ZipCrypto, APPNOTE §6.1. With a data descriptor writers check the last byte of the 12 against the time instead of the
 * checksum (Info-ZIP), so hashcat is given the byte that the archive's writer used.
 */
export const cryptoLock = async (source: ArchiveSource, entry: Entry, shift: number): Promise<Lock> => {
  const kdf = { name: 'zipcrypto', rounds: 1 } as const;
  if (!fitsZipLock(entry)) return tooLarge(kdf, entry);
  const { bytes, offset } = await dataOf(source, entry, shift);
  const { crc32, method, unpackedBytes } = entry;
  const time = entry.time & 0xffff;
  const checkByte = entry.flags & flag.hasDescriptor ? time >>> 8 : crc32 >>> 24;
  const data = toHex(bytes);
  const hex = (value: number, digits = 1): string => value.toString(16).padStart(digits, '0');
  const numbers = [
    hex(bytes.length),
    hex(unpackedBytes),
    hex(crc32, 8),
    0,
    hex(offset),
    hex(method),
    hex(bytes.length),
  ];
  const line = `$pkzip2$1*1*2*0*${numbers.join('*')}*${hex(crc32 >>> 16, 4)}*${hex(time, 4)}*${data}*$/pkzip2$`;
  return {
    key: keyOf('zip-crypto', data),
    kdf,
    hashcat: { kind: 'line', mode: method === stored ? 17_210 : 17_200, line },
    check: { scheme: 'zip-crypto', checkByte, method, crc32, data },
  };
};

const tooLarge = (kdf: Lock['kdf'], entry: Entry): Lock => ({
  key: keyOf(kdf.name, `${entry.crc32}:${entry.packedBytes}:${toHex(entry.name)}`),
  kdf,
  hashcat: { kind: 'none', why: 'member-beyond-limits' },
  check: { scheme: 'by-opening' },
});

const keyOf = (kind: string, text: string): string => createHash('sha256').update(`${kind}:${text}`).digest('hex');
