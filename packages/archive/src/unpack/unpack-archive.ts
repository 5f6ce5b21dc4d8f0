import { done, failed, limited, refused } from '@tutela/core';
import type { ArchiveFormat } from '../census/census.js';
import type { Check } from '../census/lock.js';
import { faultOf } from './fault.js';
import { defaultUnpackLimits, type UnpackLimits } from './limits.js';
import type { UnpackCode, UnpackOutcome } from './outcomes.js';
import { type MemberReceiver, startUnpackProcess } from './unpack-process.js';
import { namesFor } from './volume-names.js';
import type { UnpackResult } from './wire.js';

/** A volume that the caller has opened for reading, and is admitted to open. */
export interface OpenVolume {
  /** The name it had: only its ending is looked at. */
  readonly name: string;
  readonly descriptor: number;
  readonly bytes: number;
}

export interface Unpacking {
  readonly format: ArchiveFormat;
  /** In order. */
  readonly volumes: readonly OpenVolume[];
  readonly password: string;
  /** Of the archive's lock: by it a wrong password is told from damage where that is possible. */
  readonly check?: Check;
  readonly receiver: MemberReceiver;
  readonly limits?: Partial<UnpackLimits>;
}

const descriptorsFrom = 4;

/**
 * Unpacks an archive in a locked-down process and hands its members on as they come. Member paths are the archive's own
 * words: data, never a place to write to. Nothing is done unless every member came out whole; what came before a limit
 * or a fault was handed on all the same, and the outcome says which it was.
 */
export const unpackArchive = async (unpacking: Unpacking): Promise<UnpackOutcome> => {
  const { format, volumes, password, check, receiver } = unpacking;
  const limits = { ...defaultUnpackLimits, ...unpacking.limits };
  const archiveBytes = volumes.reduce((sum, { bytes }) => sum + bytes, 0);
  const byRatio = Math.max(archiveBytes, 1) * limits.ratio;
  const process = startUnpackProcess(
    limits.memoryBytes,
    volumes.map(({ descriptor }) => descriptor),
  );
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort();
    process.kill();
  }, limits.milliseconds);
  let members = 0;
  let bytes = 0;
  try {
    const names = namesFor(
      format,
      volumes.map(({ name }) => name),
    );
    const answer = await process.ask(
      {
        operation: 'extract',
        volumes: volumes.map((volume, at) => ({
          name: names[at]!,
          from: { descriptor: descriptorsFrom + at, bytes: volume.bytes },
        })),
        password,
        mostBytes: Math.min(limits.bytes, byRatio),
        mostMembers: limits.members,
      },
      {
        begin: (memberPath) => {
          members++;
          return receiver.begin(memberPath);
        },
        data: (piece) => {
          bytes += piece.length;
          return receiver.data(piece);
        },
        end: receiver.end,
      },
    );
    if (timeout.signal.aborted) return limited('time-limit', `not unpacked after ${limits.milliseconds / 1000} s`);
    if ('how' in answer) return failed('crashed', `the unpacking process died: ${answer.how}`);
    const limit = limitOf(answer.result, byRatio < limits.bytes ? 'ratio-limit' : 'bytes-limit');
    if (limit !== undefined) return limit;
    return answer.result.exitCode === 0 ? done({ members, bytes }) : faultOf(answer.result.words, check, password);
  } finally {
    clearTimeout(timer);
    process.kill();
  }
};

const limitOf = ({ stoppedBy }: UnpackResult, bytesCode: UnpackCode): UnpackOutcome | undefined => {
  switch (stoppedBy) {
    case undefined:
      return undefined;
    case 'bytes':
      return limited(bytesCode, 'it holds more than may be unpacked; what came before the limit was kept');
    case 'members':
      return limited('members-limit', 'it holds more members than may be unpacked');
    case 'link':
      return refused('links-refused', 'it holds links');
    case 'order':
      return refused('unsupported', 'its members do not come one after another');
  }
};
