import type { JsonValue, Reason } from '@tutela/core';
import type { RawPlace } from '../record/log-record.js';
import { hourlyCounts } from './coverage/hourly-counts.js';
import { type SequenceState, sequenceWatch } from './coverage/sequence-watch.js';
import { type UnreadableState, unreadableLines } from './coverage/unreadable-lines.js';
import {
  type InputRefusal,
  isIgnored,
  isLogRecord,
  type LineFault,
  type LogFormat,
  type LogItem,
} from './line-reader.js';
import { emptyTally, type LogTally } from './log-tally.js';
import type { SourceDeclaration } from './source-declaration.js';
import { type LogUnit, unitSplitter } from './unit-splitter.js';

/** A line (or stanza) that could not be read, kept as it was. `bytes` are at most its first 8 KiB. */
export interface RejectedLine {
  readonly place: RawPlace;
  readonly lines: number;
  readonly fault: LineFault;
  readonly bytes: Uint8Array;
}

/** All that is needed to go on at `offset` as if nothing had stopped; plain JSON. */
export interface ResumePoint {
  readonly parser: string;
  readonly offset: number;
  readonly line: number;
  readonly reader: JsonValue;
  readonly sequences: SequenceState;
  readonly unreadable: UnreadableState;
  readonly tally: LogTally;
}

/** What came of a part of the input. `tally` is that of everything so far. */
export interface LogBatch {
  /** Records and facts in the order of the input. */
  readonly items: readonly LogItem[];
  readonly rejects: readonly RejectedLine[];
  readonly tally: LogTally;
  readonly resume: ResumePoint;
  /** The input is not what it was taken for; nothing after this was read. */
  readonly refusal: Reason<InputRefusal> | undefined;
}

export interface LogReader {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
  /** What came since the last call. */
  readonly take: () => LogBatch;
}

export const openLogReader = (
  format: LogFormat,
  parser: string,
  declaration: SourceDeclaration,
  resume: ResumePoint | undefined,
): LogReader => {
  const reader = format.open(declaration, resume?.reader ?? null);
  const counts = tallyCounter(resume?.tally ?? emptyTally);
  const hours = hourlyCounts();
  let items: LogItem[] = [];
  let rejects: RejectedLine[] = [];
  let refusal: Reason<InputRefusal> | undefined;
  const fact = (item: LogItem): void => {
    items.push(item);
  };
  const sequence = sequenceWatch(declaration, fact, resume?.sequences ?? {});
  const unreadable = unreadableLines(declaration.exporter, fact, resume?.unreadable ?? { lines: 0, lastAt: {} });
  const context = {
    place: { offset: 0, length: 0, line: 0 },
    emit: (item: LogItem): void => {
      if (isLogRecord(item)) {
        unreadable.recorded(item);
        hours.add(item);
        counts.record();
      }
      items.push(item);
    },
    sequence: sequence.see,
  };

  const take = (unit: LogUnit): void => {
    if (refusal !== undefined) return;
    context.place = unit.place;
    const verdict = unit.fault ?? reader.read(unit.text, context);
    if (verdict === 'recorded') counts.recorded(unit);
    else if (typeof verdict === 'object') {
      refusal = verdict;
      reject(unit, 'MALFORMED');
    } else if (isIgnored(verdict)) counts.ignored(unit, verdict);
    else reject(unit, verdict);
  };
  const reject = (unit: LogUnit, fault: LineFault): void => {
    counts.rejected(unit, fault);
    unreadable.rejected(unit.lines);
    rejects.push({ place: unit.place, lines: unit.lines, fault, bytes: unit.bytes() });
  };
  const splitter = unitSplitter(format.stanza, take, { offset: resume?.offset ?? 0, line: resume?.line ?? 1 });

  return {
    push: splitter.push,
    end: () => {
      splitter.end();
      unreadable.end();
    },
    take: () => {
      const { offset, line } = splitter.position();
      const tally = counts.tally(offset);
      items.push(...hours.take());
      const batch: LogBatch = {
        items,
        rejects,
        tally,
        refusal,
        resume: {
          parser,
          offset,
          line,
          reader: reader.state(),
          sequences: sequence.state(),
          unreadable: unreadable.state(),
          tally,
        },
      };
      items = [];
      rejects = [];
      return batch;
    },
  };
};

const tallyCounter = (from: LogTally) => {
  let { lines, recorded, rejected, records } = from;
  const ignored = { ...from.ignored };
  const faults = { ...from.faults };
  return {
    record: (): void => {
      records++;
    },
    recorded: (unit: LogUnit): void => {
      lines += unit.lines;
      recorded += unit.lines;
    },
    rejected: (unit: LogUnit, fault: LineFault): void => {
      lines += unit.lines;
      rejected += unit.lines;
      faults[fault] = (faults[fault] ?? 0) + unit.lines;
    },
    ignored: (unit: LogUnit, name: keyof typeof ignored): void => {
      lines += unit.lines;
      ignored[name] = (ignored[name] ?? 0) + unit.lines;
    },
    tally: (bytes: number): LogTally => ({
      bytes,
      lines,
      recorded,
      rejected,
      records,
      ignored: { ...ignored },
      faults: { ...faults },
    }),
  };
};
