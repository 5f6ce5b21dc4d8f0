import { createCipheriv, createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { padded, u8, u32, u64 } from './little-endian.js';
import { bytesFrom, type LockedMember, type Locking } from './member.js';
import type { RarLock } from './rar5.js';

const signature = Buffer.from('377abcaf271c0004', 'hex');
const log2Rounds = 19;
const aesMethod = Buffer.from('06f10701', 'hex');

/** A locked 7z archive of stored members (7zFormat.txt of the LZMA SDK); without a salt, as 7-Zip writes it. */
export const lockedSevenZip = (
  members: readonly LockedMember[],
  { password, label, lock }: Locking & { readonly lock: RarLock },
): Buffer => {
  const key = keyOf(password);
  const plain = Buffer.concat(members.map(({ bytes }) => bytes));
  const iv = bytesFrom(`${label}/iv`, 16);
  const data = encrypt(key, iv, plain);
  const substreams = [
    u8(0x08, 0x0d),
    number(members.length),
    ...(members.length > 1 ? [u8(0x09), ...members.slice(0, -1).map(({ bytes }) => number(bytes.length))] : []),
    u8(0x0a, 1),
    ...members.map(({ bytes }) => u32(crc32(bytes))),
    u8(0),
  ];
  const folder = streams({ at: 0, packed: data.length, unpacked: plain.length, iv, substreams });
  const names = Buffer.concat([u8(0), ...members.map(({ name }) => Buffer.from(`${name}\0`, 'utf16le'))]);
  const times = Buffer.concat([u8(1, 0), ...members.map(({ modified }) => fileTime(modified))]);
  const files = [u8(0x05), number(members.length), property(0x11, names), property(0x14, times), u8(0)];
  const header = Buffer.concat([u8(0x01, 0x04), folder, ...files, u8(0)]);
  if (lock === 'data') return assemble(data, Buffer.alloc(0), header);

  const headerIv = bytesFrom(`${label}/header-iv`, 16);
  const hidden = encrypt(key, headerIv, header);
  const crc = u32(crc32(header));
  const facts = { at: data.length, packed: hidden.length, unpacked: header.length, iv: headerIv, crc, substreams: [] };
  return assemble(data, hidden, Buffer.concat([u8(0x17), streams(facts)]));
};

const assemble = (data: Buffer, more: Buffer, header: Buffer): Buffer => {
  const start = Buffer.concat([u64(data.length + more.length), u64(header.length), u32(crc32(header))]);
  return Buffer.concat([signature, u32(crc32(start)), start, data, more, header]);
};

interface Folder {
  /** Where its packed bytes begin, after the signature header. */
  readonly at: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly iv: Buffer;
  readonly crc?: Buffer;
  readonly substreams: readonly Buffer[];
}

/** One folder with one coder, 7zAES: the initialisation vector in full, no salt. */
const streams = ({ at, packed, unpacked, iv, crc, substreams }: Folder): Buffer => {
  const packInfo = Buffer.concat([u8(0x06), number(at), u8(1, 0x09), number(packed), u8(0)]);
  const coder = [u8(1, 0x24), aesMethod, number(18), u8(0x40 | log2Rounds, 0x0f), iv];
  return Buffer.concat([
    packInfo,
    u8(0x07, 0x0b, 1, 0),
    ...coder,
    u8(0x0c),
    number(unpacked),
    ...(crc === undefined ? [] : [u8(0x0a, 1), crc]),
    u8(0),
    ...substreams,
    u8(0),
  ]);
};

const property = (id: number, bytes: Buffer): Buffer => Buffer.concat([u8(id), number(bytes.length), bytes]);

/** 100 ns since 1601. */
const fileTime = (at: Date): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(at.getTime()) + 11_644_473_600_000n) * 10_000n);
  return bytes;
};

/** As many bytes follow as the first byte has leading ones; here at most four. */
const number = (value: number): Buffer => {
  if (value < 0x80) return u8(value);
  if (value < 0x4000) return u8(0x80 | (value >>> 8), value & 0xff);
  return Buffer.concat([u8(0xf0), u32(value)]);
};

const encrypt = (key: Buffer, iv: Buffer, plain: Buffer): Buffer =>
  createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(padded(plain));

/** Since there is no salt, the key of a password is always the same. */
const keys = new Map<string, Buffer>();
const mostKeys = 4096;

const keyOf = (password: string): Buffer => {
  const known = keys.get(password) ?? derive(Buffer.from(password, 'utf16le'));
  if (keys.size < mostKeys) keys.set(password, known);
  return known;
};

const derive = (password: Buffer): Buffer => {
  const pieces = 4096;
  const pattern = Buffer.concat([password, Buffer.alloc(8)]);
  const block = Buffer.alloc(pattern.length * pieces, pattern);
  const hash = createHash('sha256');
  for (let round = 0; round < 2 ** log2Rounds; round += pieces) {
    for (let piece = 0, at = password.length; piece < pieces; piece++, at += pattern.length) {
      block.writeUInt32LE(round + piece, at);
    }
    hash.update(block);
  }
  return hash.digest();
};
