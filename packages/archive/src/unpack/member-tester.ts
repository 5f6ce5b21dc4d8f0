import { crc32 } from 'node:zlib';
import type { Check } from '../census/lock.js';
import { decrypted } from '../check/rar3-check.js';
import type { CheckVerdict } from '../check/verdict.js';
import { rar4Signature } from '../rar4/blocks.js';
import { defaultUnpackLimits } from './limits.js';
import { startUnpackProcess, type UnpackProcess } from './unpack-process.js';

type MemberCheck = Extract<Check, { scheme: 'rar3-member' }>;

/** Checks passwords of compressed RAR3 members, which only unpacking decides; hostile bytes stay in the process. */
export interface MemberTester {
  readonly check: (check: MemberCheck, password: string) => Promise<CheckVerdict>;
  readonly close: () => void;
}

const nothing = { begin: () => undefined, data: () => undefined, end: () => undefined };

export const openMemberTester = (memoryBytes = defaultUnpackLimits.memoryBytes): MemberTester => {
  let process: UnpackProcess | undefined;
  return {
    close: () => process?.kill(),
    check: async (check, password) => {
      process ??= startUnpackProcess(memoryBytes, []);
      const archive = plainArchive(check, decrypted(check.salt, password, check.data));
      const answer = await process.ask(
        {
          operation: 'test',
          volumes: [{ name: 'a.rar', from: { base64: archive.toString('base64') } }],
          password: '',
          mostBytes: Number.MAX_SAFE_INTEGER,
          mostMembers: 1,
        },
        nothing,
      );
      if ('how' in answer) {
        // What a wrong password makes of the data is as hostile as data can be; the next check gets a new process.
        process = undefined;
        return 'does-not-open';
      }
      return answer.result.exitCode === 0 ? 'opens' : 'does-not-open';
    },
  };
};

/** The member alone, decrypted and without its name, as an archive: main header and file header of the RAR 4.20 technote. */
const plainArchive = ({ crc32: crc, method, unpackVersion, unpackedBytes }: MemberCheck, data: Buffer): Buffer => {
  const main = header(0x73, 0, Buffer.alloc(6));
  const fields = Buffer.alloc(26);
  fields.writeUInt32LE(data.length, 0);
  fields.writeUInt32LE(unpackedBytes, 4);
  fields[8] = unixHost;
  fields.writeUInt32LE(crc, 9);
  fields[17] = unpackVersion;
  fields[18] = method;
  fields.writeUInt16LE(1, 19);
  fields.writeUInt32LE(0o100644, 21);
  fields[25] = 'm'.charCodeAt(0);
  return Buffer.concat([rar4Signature, main, header(0x74, hasData | largestWindow, fields), data]);
};

const unixHost = 3;
const hasData = 0x8000;
const largestWindow = 0x00c0;

const header = (type: number, flags: number, fields: Buffer): Buffer => {
  const bytes = Buffer.concat([Buffer.alloc(7), fields]);
  bytes[2] = type;
  bytes.writeUInt16LE(flags, 3);
  bytes.writeUInt16LE(bytes.length, 5);
  bytes.writeUInt16LE(crc32(bytes.subarray(2)) & 0xffff, 0);
  return bytes;
};
