import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { dosTime, u8, u16, u32, u64 } from './little-endian.js';
import { bytesFrom, type LockedMember, type Locking } from './member.js';
import { zipCryptoEncrypt } from './zip-crypto.js';

export type ZipLock = 'zipcrypto' | 'aes256';
export type ZipMethod = 'stored' | 'deflated';

const methods = { stored: 0, deflated: 8 } as const;
const aesMethod = 99;
const utf8AndEncrypted = 0x0801;

interface Entry {
  readonly header: Buffer;
  readonly name: Buffer;
  readonly extra: Buffer;
  readonly data: Buffer;
}

/** A locked ZIP archive (APPNOTE 6.3; WinZip AE-2 specification 1.04). */
export const lockedZip = (
  members: readonly LockedMember[],
  locking: Locking & { readonly lock: ZipLock; readonly method: ZipMethod },
): Buffer => {
  const entries = members.map((member, at) => entryOf(member, { ...locking, label: `${locking.label}/${at}` }));
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { header, name, extra, data } of entries) {
    const local = Buffer.concat([u32(0x04034b50), header, u16(name.length), u16(extra.length), name, extra, data]);
    const central = Buffer.concat([u32(0x02014b50), u16(0x0333), header, u16(name.length), u16(extra.length)]);
    // No comment, first disk; a plain file of Unix.
    const rest = Buffer.concat([u16(0), u16(0), u16(0), u32(0o100644 * 65_536), u32(offset)]);
    pieces.push(local);
    directory.push(central, rest, name, extra);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u32(0), count, count, u32(central.length), u32(offset), u16(0)];
  return Buffer.concat([...pieces, central, ...end]);
};

const entryOf = (
  { name, bytes, modified }: LockedMember,
  { password, label, lock, method }: Locking & { readonly lock: ZipLock; readonly method: ZipMethod },
): Entry => {
  const packed = method === 'stored' ? Buffer.from(bytes) : deflateRawSync(bytes);
  const crc = crc32(bytes);
  const locked = lock === 'aes256' ? aes(packed, password, label) : zipCryptoEncrypt(packed, password, { label, crc });
  // AE-2 keeps no checksum of the plaintext.
  const [version, shown, kept] = lock === 'aes256' ? [51, aesMethod, 0] : [20, methods[method], crc];
  return {
    header: Buffer.concat([
      u16(version),
      u16(utf8AndEncrypted),
      u16(shown),
      u32(dosTime(modified)),
      u32(kept),
      u32(locked.length),
      u32(bytes.length),
    ]),
    name: Buffer.from(name),
    extra: lock === 'aes256' ? aesExtra(methods[method]) : Buffer.alloc(0),
    data: locked,
  };
};

/** Vendor version 2, AES-256. */
const aesExtra = (method: number): Buffer =>
  Buffer.concat([u16(0x9901), u16(7), u16(2), Buffer.from('AE'), u8(3), u16(method)]);

const aes = (plain: Buffer, password: string, label: string): Buffer => {
  const salt = bytesFrom(`${label}/salt`, 16);
  const derived = pbkdf2Sync(password, salt, 1000, 66, 'sha1');
  const body = counterMode(derived.subarray(0, 32), plain);
  const authentication = createHmac('sha1', derived.subarray(32, 64)).update(body).digest().subarray(0, 10);
  return Buffer.concat([salt, derived.subarray(64), body, authentication]);
};

/** WinZip's counter grows from its low byte, which `aes-256-ctr` does not do. */
const counterMode = (key: Buffer, plain: Buffer): Buffer => {
  const counters = Array.from({ length: Math.ceil(plain.length / 16) }, (_, at) => [u64(at + 1), u64(0)]).flat();
  const stream = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(Buffer.concat(counters));
  return Buffer.from(plain.map((byte, at) => byte ^ stream[at]!));
};
