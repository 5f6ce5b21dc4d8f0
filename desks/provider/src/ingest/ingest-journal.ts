import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { LogTally, ResumePoint } from '@tutela/attribution';
import { z } from 'zod';

/** How far a log has been read: everything before is in the chunks. */
export interface IngestJournal {
  /** Place among the files; as many as there are when all were read. */
  readonly file: number;
  /** In that file; `undefined` at its start. */
  readonly resume: ResumePoint | undefined;
  /** Of the files before it. */
  readonly tally: LogTally;
  readonly chunks: number;
  /** Bytes of the file of rejected lines that count; what follows is of a run that was cut off. */
  readonly rejectBytes: number;
  /** First and last moment of a record. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

export const emptyTally: LogTally = {
  bytes: 0,
  lines: 0,
  recorded: 0,
  rejected: 0,
  ignored: {},
  faults: {},
  records: 0,
};

const atStart: IngestJournal = {
  file: 0,
  resume: undefined,
  tally: emptyTally,
  chunks: 0,
  rejectBytes: 0,
  first: undefined,
  last: undefined,
};

const name = 'journal.json';
const written = z.looseObject({ file: z.int(), chunks: z.int(), rejectBytes: z.int() });

export const chunkPath = (folder: string, chunk: number): string =>
  path.join(folder, `${String(chunk).padStart(6, '0')}.items`);

/**
 * The journal of a folder of work, after what it does not count has been removed.
 * @param start where a fresh one begins
 */
export const readJournal = (folder: string, start: Pick<IngestJournal, 'resume'>): IngestJournal => {
  const file = path.join(folder, name);
  const journal = existsSync(file)
    ? ({ ...atStart, ...written.parse(JSON.parse(readFileSync(file, 'utf8'))) } as IngestJournal)
    : { ...atStart, ...start };
  const kept = new Set(Array.from({ length: journal.chunks }, (_, chunk) => path.basename(chunkPath(folder, chunk))));
  for (const entry of readdirSync(folder)) {
    if (entry.endsWith('.items') && !kept.has(entry)) rmSync(path.join(folder, entry));
  }
  return journal;
};

export const writeJournal = (folder: string, journal: IngestJournal): void => {
  const temporary = path.join(folder, `${name}.writing`);
  const file = openSync(temporary, 'w', 0o600);
  writeSync(file, JSON.stringify(journal));
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path.join(folder, name));
};

/** Lines of several files together. */
export const addTallies = (one: LogTally, other: LogTally): LogTally => ({
  bytes: one.bytes + other.bytes,
  lines: one.lines + other.lines,
  recorded: one.recorded + other.recorded,
  rejected: one.rejected + other.rejected,
  records: one.records + other.records,
  ignored: addCounts(one.ignored, other.ignored),
  faults: addCounts(one.faults, other.faults),
});

const addCounts = <Name extends string>(
  one: Readonly<Partial<Record<Name, number>>>,
  other: Readonly<Partial<Record<Name, number>>>,
): Readonly<Partial<Record<Name, number>>> => {
  const sum: Partial<Record<Name, number>> = { ...one };
  for (const [key, value] of Object.entries(other) as [Name, number][]) sum[key] = (sum[key] ?? 0) + value;
  return sum;
};
