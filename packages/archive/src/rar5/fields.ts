import { createHash } from 'node:crypto';
import { toHex } from '@tutela/core';
import { Cursor } from '../bytes/cursor.js';
import type { Member, Modified } from '../census/census.js';
import type { Check, Lock } from '../census/lock.js';
import { type Block, readVint } from './blocks.js';

const fileFlags = { folder: 1, hasTime: 2, hasCrc: 4, sizeUnknown: 8 } as const;
const encryptionRecord = 1;
const timeRecord = 3;
const linkRecord = 5;

/** Records of an extra area: {size, type, data}. */
const extraRecords = (extra: Uint8Array): ReadonlyMap<number, Cursor> => {
  const records = new Map<number, Cursor>();
  const cursor = new Cursor(extra);
  while (cursor.left > 0) {
    const record = new Cursor(cursor.take(readVint(cursor)));
    records.set(readVint(record), record);
  }
  return records;
};

export interface FileHeader {
  readonly member: Member;
  readonly lock: Lock | undefined;
}

/** "File header and service header" of the technote. */
export const readFileHeader = (block: Block): FileHeader => {
  const { fields } = block;
  const flags = readVint(fields);
  const bytes = readVint(fields);
  readVint(fields); // attributes
  const time = flags & fileFlags.hasTime ? fields.u32() : undefined;
  const crc32 = flags & fileFlags.hasCrc ? fields.u32() : undefined;
  readVint(fields); // compression
  readVint(fields); // host system
  const name = Buffer.from(fields.take(readVint(fields))).toString('utf8');

  const records = extraRecords(block.extra);
  const encryption = records.get(encryptionRecord);
  const modified: Modified | undefined = time === undefined ? timeOf(records.get(timeRecord)) : utc(1000 * time);
  const member: Member = {
    name,
    kind: flags & fileFlags.folder ? 'folder' : records.has(linkRecord) ? 'link' : 'file',
    ...(flags & fileFlags.sizeUnknown ? {} : { bytes }),
    packedBytes: block.dataBytes,
    encrypted: encryption === undefined ? 'no' : 'yes',
    // With encryption the checksum is keyed by the password, so it says nothing of the content.
    ...(crc32 === undefined || encryption !== undefined ? {} : { crc32 }),
    ...(modified === undefined ? {} : { modified }),
  };
  return { member, lock: encryption === undefined ? undefined : lockOfRecord(encryption) };
};

const utc = (epochMs: number): Modified => ({ kind: 'utc', epochMs });

/** "File time record": unix seconds, or 100 ns since 1601. */
const timeOf = (record: Cursor | undefined): Modified | undefined => {
  if (record === undefined) return undefined;
  const flags = readVint(record);
  if ((flags & 2) === 0) return undefined;
  return utc(flags & 1 ? 1000 * record.u32() : record.u64() / 10_000 - 11_644_473_600_000);
};

/** "File encryption record". */
const lockOfRecord = (record: Cursor): Lock => {
  readVint(record); // version
  const flags = readVint(record);
  const log2Rounds = record.u8();
  const salt = record.take(16);
  const iv = record.take(16);
  return lockOf({ log2Rounds, salt, iv, checkValue: flags & 1 ? record.take(12) : undefined });
};

export interface KeyMaterial {
  readonly log2Rounds: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  /** Eight bytes and the first four of their SHA-256. */
  readonly checkValue: Uint8Array | undefined;
}

/** An attacker chooses the cost; hashcat and unrar refuse more. */
const highestLog2 = 24;

export const lockOf = ({ log2Rounds, salt, iv, checkValue }: KeyMaterial): Lock => {
  const value = checkValue?.subarray(0, 8);
  const sound =
    value !== undefined &&
    log2Rounds <= highestLog2 &&
    createHash('sha256').update(value).digest().subarray(0, 4).equals(checkValue!.subarray(8));
  const check: Check = sound
    ? { scheme: 'rar5', salt: toHex(salt), log2Rounds, checkValue: toHex(value) }
    : { scheme: 'by-opening' };
  return {
    key: createHash('sha256')
      .update('rar5')
      .update(Uint8Array.of(log2Rounds))
      .update(salt)
      .update(value ?? iv)
      .digest('hex'),
    kdf: { name: 'pbkdf2-hmac-sha256', rounds: 2 ** log2Rounds },
    hashcat: sound
      ? { kind: 'line', mode: 13_000, line: `$rar5$16$${toHex(salt)}$${log2Rounds}$${toHex(iv)}$8$${toHex(value)}` }
      : { kind: 'none', why: 'no-check-value' },
    check,
  };
};
