import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { padded, u8, u32 } from './little-endian.js';
import { bytesFrom, type LockedMember, type Locking } from './member.js';

/** `data`: `rar -p`, names can be read. `headers`: `rar -hp`. */
export type RarLock = 'data' | 'headers';

const signature = Buffer.from('526172211a070100', 'hex');
const log2Rounds = 15;
const types = { main: 1, file: 2, encryption: 4, end: 5 } as const;
const hasExtraAndData = 3;

interface Keys {
  readonly cipher: Buffer;
  /** Of checksums, which would tell of the content otherwise. */
  readonly checksum: Buffer;
  /** Eight bytes and the first four of their SHA-256. */
  readonly check: Buffer;
  readonly salt: Buffer;
}

/** A locked RAR 5.0 archive of stored members (RARLAB technote). */
export const lockedRar5 = (
  members: readonly LockedMember[],
  { password, label, lock }: Locking & { lock: RarLock },
) => {
  const keys = keysOf(password, bytesFrom(`${label}/salt`, 16));
  const blocks = [
    { header: block(types.main, u8(0), u8(0)), data: Buffer.alloc(0) },
    ...members.map((member, at) => fileBlock(member, keys, bytesFrom(`${label}/iv/${at}`, 16))),
    { header: block(types.end, u8(4), u8(0)), data: Buffer.alloc(0) },
  ];
  if (lock === 'data') return Buffer.concat([signature, ...blocks.flatMap(({ header, data }) => [header, data])]);
  const opening = block(types.encryption, u8(0), u8(0, 1, log2Rounds), keys.salt, keys.check);
  const hidden = blocks.flatMap(({ header, data }, at) => {
    const iv = bytesFrom(`${label}/header-iv/${at}`, 16);
    return [iv, encrypt(keys.cipher, iv, header), data];
  });
  return Buffer.concat([signature, opening, ...hidden]);
};

const keysOf = (password: string, salt: Buffer): Keys => {
  const derived = (more: number): Buffer => pbkdf2Sync(password, salt, 2 ** log2Rounds + more, 32, 'sha256');
  const check = fold(derived(32), 8);
  const guard = createHash('sha256').update(check).digest().subarray(0, 4);
  return { cipher: derived(0), checksum: derived(16), check: Buffer.concat([check, guard]), salt };
};

const fold = (digest: Buffer, bytes: number): Buffer => {
  const folded = Buffer.alloc(bytes);
  digest.forEach((byte, at) => {
    folded[at % bytes]! ^= byte;
  });
  return folded;
};

const encrypt = (key: Buffer, iv: Buffer, plain: Uint8Array): Buffer =>
  createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(padded(plain));

const fileBlock = ({ name, bytes, modified }: LockedMember, keys: Keys, iv: Buffer) => {
  const data = encrypt(keys.cipher, iv, bytes);
  // Version 0; a check value is present and checksums are keyed.
  const record = Buffer.concat([u8(1, 0, 3, log2Rounds), keys.salt, iv, keys.check]);
  const extra = Buffer.concat([vint(record.length), record]);
  const keyed = fold(
    createHmac('sha256', keys.checksum)
      .update(u32(crc32(bytes)))
      .digest(),
    4,
  );
  const label = Buffer.from(name);
  const header = block(
    types.file,
    u8(hasExtraAndData),
    vint(extra.length),
    vint(data.length),
    u8(2 | 4), // with a time and a checksum
    vint(bytes.length),
    vint(0o100644),
    u32(Math.floor(modified.getTime() / 1000)),
    keyed,
    u8(0, 1), // stored, on Unix
    vint(label.length),
    label,
    extra,
  );
  return { header, data };
};

/** Checksum, size, type and the rest. */
const block = (type: number, ...fields: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([u8(type), ...fields]);
  const sized = Buffer.concat([vint(body.length), body]);
  return Buffer.concat([u32(crc32(sized)), sized]);
};

/** Seven bits a byte, low ones first. */
const vint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
};
