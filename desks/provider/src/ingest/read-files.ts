import { closeSync, createReadStream, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import {
  type InputRefusal,
  isLogRecord,
  type LogFormat,
  type LogItem,
  type LogTally,
  type RejectedLine,
  type ResumePoint,
  readLog,
} from '@tutela/attribution';
import { done, type Outcome, refused } from '@tutela/core';
import type { DeclaredSource } from '../source/declared-source.js';
import { addTallies, chunkPath, emptyTally, type IngestJournal, readJournal, writeJournal } from './ingest-journal.js';
import { writeChunk } from './record-spool.js';

interface Reading {
  readonly folder: string;
  readonly files: readonly string[];
  readonly source: DeclaredSource;
  readonly format: LogFormat;
  /** Items in memory before they are put down in order, and so what a kill costs at most. */
  readonly chunkItems: number;
  /** The numbers of messages of a log that this one goes on from. */
  readonly resume: ResumePoint | undefined;
  readonly onProgress: (bytes: number) => void;
}

/** Where bad lines are kept, as they were, with their place and reason: JSON lines, bytes in Base64. */
export const rejectsFile = 'rejects.jsonl';

/** Puts all lines of all files down as sorted chunks; after a kill it goes on where the journal says. */
export const readFiles = async (reading: Reading): Promise<Outcome<IngestJournal, InputRefusal>> => {
  const { folder, files, source, format, chunkItems, onProgress } = reading;
  let journal = readJournal(folder, { resume: reading.resume });
  const rejects = openRejects(path.join(folder, rejectsFile), journal.rejectBytes);
  let items: LogItem[] = [];
  const checkpoint = (next: Omit<IngestJournal, 'chunks' | 'rejectBytes' | 'first' | 'last'>): void => {
    let { chunks, first, last } = journal;
    if (items.length > 0) writeChunk(chunkPath(folder, chunks++), items);
    for (const item of items) {
      if (!isLogRecord(item)) continue;
      first = Math.min(first ?? item.tDevice, item.tDevice);
      last = Math.max(last ?? item.tDevice, item.tDevice);
    }
    items = [];
    journal = { ...next, chunks, rejectBytes: rejects.sync(), first, last };
    writeJournal(folder, journal);
  };
  try {
    while (journal.file < files.length) {
      const { file, tally: before } = journal;
      const resume = journal.resume;
      const stream = createReadStream(files[file]!, { start: resume?.offset ?? 0, highWaterMark: 1 << 20 });
      let last: ResumePoint | undefined = resume;
      for await (const batch of readLog(stream, {
        format,
        declaration: source.log,
        ...(resume === undefined ? {} : { resume }),
      })) {
        if (batch.refusal !== undefined) return refused(batch.refusal.code, batch.refusal.message);
        for (const item of batch.items) items.push(item);
        for (const reject of batch.rejects) rejects.add(file, reject);
        last = batch.resume;
        onProgress(before.bytes + batch.tally.bytes);
        if (items.length >= chunkItems) checkpoint({ file, resume: last, tally: before });
      }
      checkpoint({ file: file + 1, resume: carried(last), tally: addTallies(before, last?.tally ?? emptyTally) });
    }
    return done(journal);
  } finally {
    rejects.close();
  }
};

/** The numbers of messages go on from one file of a device to the next, so that a loss between them shows. */
const carried = (last: ResumePoint | undefined): ResumePoint | undefined =>
  last === undefined ? undefined : { ...last, offset: 0, line: 1, reader: null, tally: emptyTally satisfies LogTally };

const openRejects = (file: string, kept: number) => {
  const descriptor = openSync(file, 'a', 0o600);
  ftruncateSync(descriptor, kept);
  let bytes = kept;
  return {
    add: (input: number, { place, lines, fault, bytes: raw }: RejectedLine): void => {
      const row = { input, ...place, lines, fault, bytes: Buffer.from(raw).toString('base64') };
      bytes += writeSync(descriptor, `${JSON.stringify(row)}\n`);
    },
    sync: (): number => {
      fsyncSync(descriptor);
      return bytes;
    },
    close: (): void => closeSync(descriptor),
  };
};
