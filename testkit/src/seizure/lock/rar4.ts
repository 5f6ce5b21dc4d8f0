import { createCipheriv, createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { dosTime, padded, u8, u16, u32 } from './little-endian.js';
import { bytesFrom, type LockedMember, type Locking } from './member.js';
import type { RarLock } from './rar5.js';

const signature = Buffer.from('526172211a0700', 'hex');
const end = Buffer.from('c43d7b00400700', 'hex');
const types = { main: 0x73, file: 0x74 } as const;
const headersEncrypted = 0x0080;
/** Data follows; encrypted; a salt stands in the header. */
const lockedFile = 0x8000 | 0x0004 | 0x0400;
const stored = 0x30;

/** A locked RAR 4.x archive of stored members (RAR 4.20 technote). */
export const lockedRar4 = (
  members: readonly LockedMember[],
  { password, label, lock }: Locking & { lock: RarLock },
) => {
  const salt = bytesFrom(`${label}/salt`, 8);
  const encrypt = cipherOf(password, salt);
  const main = block(types.main, lock === 'headers' ? headersEncrypted : 0, Buffer.alloc(6));
  const hide = (header: Buffer): Buffer => (lock === 'headers' ? Buffer.concat([salt, encrypt(header)]) : header);
  const files = members.flatMap((member) => {
    const data = encrypt(member.bytes);
    return [hide(fileHeader(member, data.length, salt)), data];
  });
  return Buffer.concat([signature, main, ...files, hide(end)]);
};

const fileHeader = ({ name, bytes, modified }: LockedMember, packed: number, salt: Buffer): Buffer => {
  const label = Buffer.from(name, 'latin1');
  return block(
    types.file,
    lockedFile,
    u32(packed),
    u32(bytes.length),
    u8(3), // Unix
    u32(crc32(bytes)),
    u32(dosTime(modified)),
    u8(29, stored),
    u16(label.length),
    u32(0o100644),
    label,
    salt,
  );
};

const block = (type: number, flags: number, ...fields: readonly Buffer[]): Buffer => {
  const rest = Buffer.concat(fields);
  const body = Buffer.concat([u8(type), u16(flags), u16(7 + rest.length), rest]);
  return Buffer.concat([u16(crc32(body) & 0xffff), body]);
};

const rounds = 2 ** 18;

/** 2^18 rounds of SHA-1; a byte of the initialisation vector after the first of each sixteenth (UnRAR `SetCryptKeys`). */
const cipherOf = (password: string, salt: Buffer): ((plain: Uint8Array) => Buffer) => {
  const piece = Buffer.concat([Buffer.from(password, 'utf16le'), salt, Buffer.alloc(3)]);
  const section = rounds / 16;
  const hash = createHash('sha1');
  const iv = Buffer.alloc(16);
  const block = Buffer.alloc(piece.length * section, piece);
  for (let number = 0; number < 16; number++) {
    for (let round = 0; round < section; round++) {
      block.writeUIntLE(number * section + round, (round + 1) * piece.length - 3, 3);
    }
    hash.update(block.subarray(0, piece.length));
    iv[number] = hash.copy().digest()[19]!;
    hash.update(block.subarray(piece.length));
  }
  const key = hash.digest().subarray(0, 16).swap32();
  return (plain) => createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false).update(padded(plain));
};
