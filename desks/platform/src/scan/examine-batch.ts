import { constants } from 'node:buffer';
import { lstatSync, type Stats } from 'node:fs';
import { type Reason, toHex } from '@tutela/core';
import { type DigestedFile, digestFileSync } from '@tutela/fingerprint';
import type { Decoder } from '@tutela/media';
import { type Examination, examine } from '../match/examine.js';
import type { Matcher } from '../match/matcher.js';
import { inParallel } from './in-parallel.js';
import { examinedRecord, printedPath, type ScanRecord } from './scan-record.js';

export interface BatchDeps {
  readonly matcher: Matcher;
  readonly decoder: Decoder;
  /** Told of each file once it is judged. */
  readonly onFile?: () => void;
}

export interface BatchInput {
  readonly scan: string;
  readonly root: Buffer;
  readonly accounts: 'none' | 'by-folder';
  /** Bits. */
  readonly threshold: number;
  readonly paths: readonly Buffer[];
}

/** A file that agrees with the list, with its bytes where they were small enough to be kept. */
export interface FoundFile {
  readonly index: number;
  readonly record: ScanRecord;
  readonly file: DigestedFile;
  readonly examination: Examination;
  readonly absolute: Buffer;
}

export interface ExaminedBatch {
  readonly records: readonly ScanRecord[];
  readonly found: readonly FoundFile[];
}

/** Pictures beyond this many bytes are digested, not decoded. */
const largestPicture = Math.min(128 << 20, constants.MAX_LENGTH);
const sideBySide = 6;

/** Reads every file once and says how it ended; none can stop the others. */
export const examineBatch = async (input: BatchInput, deps: BatchDeps): Promise<ExaminedBatch> => {
  const found: FoundFile[] = [];
  const judge = async (path: Buffer, index: number): Promise<ScanRecord> => {
    const absolute = Buffer.concat([input.root, Buffer.from('/'), path]);
    const named = { v: 1 as const, scan: input.scan, ...printedPath(path), ...accountOf(path, input.accounts) };
    const kind = kindOf(absolute);
    if (kind !== undefined) return { ...named, ...kind };
    const file = digestFileSync(absolute, { keep: largestPicture });
    if (file.kind !== 'done') return { ...named, ...ended('failed', file.reason) };
    const content = { name: named.path, digests: file.value, bytes: file.value.content };
    const examination = await examine(content, { ...deps, threshold: input.threshold });
    const record = examinedRecord(named, file.value, examination);
    if (examination.hit !== undefined) found.push({ index, record, file: file.value, examination, absolute });
    return record;
  };
  const records = await inParallel(input.paths, sideBySide, async (path, index) => {
    const record = await judge(path, index);
    deps.onFile?.();
    return record;
  });
  return { records, found: found.sort((one, other) => one.index - other.index) };
};

const ended = (outcome: 'refused' | 'failed', { code, message }: Reason) => ({ outcome, reason: { code, message } });

/** Why a name is not opened at all; `undefined` for a regular file. */
const kindOf = (path: Buffer): Pick<ScanRecord, 'outcome' | 'reason'> | undefined => {
  let found: Stats;
  try {
    found = lstatSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return ended('failed', { code: 'gone', message: `The name could not be looked up (${code}).` });
  }
  if (found.isFile()) return undefined;
  if (found.isSymbolicLink()) {
    return ended('refused', {
      code: 'symbolic-link',
      message: 'Links are not followed: what they name is scanned where it lies.',
    });
  }
  if (found.isDirectory()) {
    return ended('failed', { code: 'unreadable-folder', message: 'The folder could not be listed.' });
  }
  return ended('refused', { code: 'not-a-file', message: 'This is a pipe, a socket or a device.' });
};

const accountOf = (path: Buffer, accounts: BatchInput['accounts']): { readonly account?: string } => {
  const end = path.indexOf(0x2f);
  return accounts === 'none' || end === -1 ? {} : { account: printable(path.subarray(0, end)) };
};

const printable = (name: Buffer): string => {
  const text = name.toString('utf8');
  return Buffer.from(text, 'utf8').equals(name) ? text : `hex:${toHex(name)}`;
};
