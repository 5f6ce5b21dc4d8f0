import { groupBy } from '@tutela/core';
import type { Job, JobLock } from '../recovery-engine.js';

/** One call of hashcat: locks of one mode. */
export interface HashcatBatch {
  readonly mode: number;
  readonly attack: '0' | '9';
  readonly lines: readonly string[];
  /** With attack 9 as many as lines, in the same order. */
  readonly words: readonly string[];
  readonly locksByLine: ReadonlyMap<string, string>;
  readonly checks: number;
}

/** Modes whose lines carry data keep buffers of fixed size for each line: hundreds at once, not millions (§2.4). */
const mostLines = (mode: number): number => (mode === 13_000 || mode === 12_500 ? 1_000_000 : 200);

/** Its association mode found one lock of two in hashcat 6.2.6, with both passwords given: each line goes alone. */
const sevenZipMode = 11_600;

interface Line {
  readonly mode: number;
  readonly line: string;
  readonly lockId: string;
}

const lineOf = ({ id, hashcat }: JobLock): readonly Line[] =>
  hashcat.kind === 'line' ? [{ mode: hashcat.mode, line: hashcat.line, lockId: id }] : [];

/** Locks without a line are left out; the same line is sent once. */
export function* batchesOf(job: Job): Generator<HashcatBatch> {
  if (job.kind === 'words') {
    for (const { mode, items } of byMode(job.locks.flatMap(lineOf))) {
      const unique = new Map(items.map(({ line, lockId }) => [line, lockId]));
      yield {
        mode,
        attack: '0',
        lines: [...unique.keys()],
        words: job.words,
        locksByLine: unique,
        checks: unique.size * job.words.length,
      };
    }
    return;
  }
  const pairs = job.pairs.flatMap(({ lock, word }) => lineOf(lock).map((line) => ({ ...line, word })));
  for (const { mode, items } of byMode(pairs)) {
    if (mode === sevenZipMode) {
      yield* lineByLine(mode, items);
      continue;
    }
    for (const round of rounds(items)) {
      yield {
        mode,
        attack: '9',
        lines: round.map(({ line }) => line),
        words: round.map(({ word }) => word),
        locksByLine: new Map(round.map(({ line, lockId }) => [line, lockId])),
        checks: round.length,
      };
    }
  }
}

interface Pair extends Line {
  readonly word: string;
}

function* lineByLine(mode: number, pairs: readonly Pair[]): Generator<HashcatBatch> {
  for (const [line, ofLine] of groupBy(pairs, (pair) => pair.line)) {
    const locksByLine = new Map([[line, ofLine[0]!.lockId]]);
    yield {
      mode,
      attack: '0',
      lines: [line],
      words: ofLine.map(({ word }) => word),
      locksByLine,
      checks: ofLine.length,
    };
  }
}

function* byMode<Item extends Line>(items: readonly Item[]): Generator<{ mode: number; items: readonly Item[] }> {
  const modes = new Map<number, Item[]>();
  for (const item of items) {
    const ofMode = modes.get(item.mode) ?? [];
    modes.set(item.mode, ofMode);
    ofMode.push(item);
  }
  for (const [mode, ofMode] of modes) {
    const most = mostLines(mode);
    for (let at = 0; at < ofMode.length; at += most) yield { mode, items: ofMode.slice(at, at + most) };
  }
}

/** The association mode takes each line once: a second word for a lock waits for the next round. */
const rounds = <Item extends Line>(items: readonly Item[]): readonly (readonly Item[])[] => {
  const made: Item[][] = [];
  const used = new Map<string, number>();
  for (const item of items) {
    const round = used.get(item.line) ?? 0;
    used.set(item.line, round + 1);
    const target = made[round] ?? [];
    made[round] = target;
    target.push(item);
  }
  return made;
};
