import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { JsonValue } from '@tutela/core';
import { AttributionError } from '../attribution-error.js';
import { bitsFor } from './bit-field.js';
import { type BuildJournal, readJournal, writeJournal } from './build-journal.js';
import type { Holding, KeyKind } from './holding.js';
import { openMarkTable } from './mark-table.js';
import { mergeRows, openRowFile, syncFile } from './row-files.js';
import { type RowShape, rowShape, writeRow } from './row-shape.js';
import { type SegmentFacts, type SegmentHeader, segmentFormat, sortFacts } from './segment-header.js';
import { sortRows } from './sort-rows.js';
import { collectTags, type TagRanks } from './tag-table.js';
import { type WrittenSegment, writeSegment } from './write-segment.js';

export interface SegmentBuild {
  /** Folder of the unfinished work; a build that was cut off goes on from it. */
  readonly work: string;
  readonly target: string;
  readonly keys: KeyKind;
  readonly destinations: 'kept' | 'discarded';
  /** Milliseconds UTC, both inclusive. */
  readonly period: { readonly from: number; readonly to: number };
  /** Rows sorted in memory at a time. */
  readonly rowsPerChunk?: number;
  /** Distinct holders (or destinations) that one segment may have. */
  readonly tagLimit?: number;
}

export interface SegmentBuilder {
  /** What the last `checkpoint` was given; `undefined` at a fresh start. */
  readonly cursor: JsonValue | undefined;
  readonly add: (holding: Holding) => void;
  /** Makes everything added so far last. Adding something again after a restart does no harm. */
  readonly checkpoint: (cursor: JsonValue) => void;
  readonly finish: (facts: SegmentFacts) => WrittenSegment;
}

const mergeMemory = 64 << 20;
const mergeWidth = 256;

/**
 * Builds a segment by an external merge sort: memory is the rows of one chunk, the buffers of one merge and the distinct
 * tags, however many records there are.
 * @throws AttributionError `damaged-work` when the folder holds the work of another segment
 */
export const openSegmentBuilder = (build: SegmentBuild): SegmentBuilder => {
  mkdirSync(build.work, { recursive: true });
  const journal = readJournal(build.work);
  if (journal !== undefined) refuseOther(build, journal);
  const shape = rowShape(build.keys, build.destinations);
  const marks = openMarkTable(journal?.marks ?? []);
  const chunks = [...(journal?.chunks ?? [])];
  const rowsPerChunk = build.rowsPerChunk ?? 1_000_000;
  let buffer = Buffer.alloc(Math.min(rowsPerChunk, 4096) * shape.width);
  let rows = 0;
  let synced = chunks.length;
  let least = journal?.least ?? Number.MAX_SAFE_INTEGER;
  let greatest = journal?.greatest ?? 0;
  let times = journal?.times ?? 'whole-seconds';

  const spill = (): void => {
    if (rows === 0) return;
    const name = nextName(chunks);
    const file = openRowFile(path.join(build.work, name), shape.width);
    for (const row of sortRows(buffer, rows, shape.width, shape.to)) file.add(buffer, row * shape.width);
    file.close();
    chunks.push(name);
    rows = 0;
  };
  return {
    cursor: journal?.cursor,
    add: (holding) => {
      const { from, to } = holding;
      if (to < build.period.from || from > build.period.to) {
        throw new AttributionError('bad-holding', 'a holding outside the period of its segment');
      }
      if (rows * shape.width === buffer.length) {
        if (rows === rowsPerChunk) spill();
        else buffer = Buffer.concat([buffer], Math.min(rowsPerChunk, 4 * rows) * shape.width);
      }
      writeRow(shape, buffer, rows * shape.width, holding, marks.number(holding.mark));
      rows++;
      least = Math.min(least, from);
      greatest = Math.max(greatest, to);
      if (from % 1000 !== 0 || to % 1000 !== 0) times = 'milliseconds';
    },
    checkpoint: (cursor) => {
      spill();
      for (const chunk of chunks.slice(synced)) syncFile(path.join(build.work, chunk));
      synced = chunks.length;
      const { keys, destinations, period } = build;
      const format = 'tutela-segment-build/1';
      const known = marks.marks();
      writeJournal(build.work, {
        format,
        keys,
        destinations,
        period,
        cursor,
        chunks,
        marks: known,
        least,
        greatest,
        times,
      });
    },
    finish: (facts) => {
      spill();
      const sorted = mergeDown(build.work, chunks, shape).map((name) => path.join(build.work, name));
      const tags = collectFrom(sorted, shape, build.tagLimit ?? 1 << 22);
      const { marks: inOrder, places } = marks.sorted();
      const base = Math.min(least, greatest);
      const unitMs = times === 'whole-seconds' ? 1000 : 1;
      const layout = {
        base,
        unitMs,
        timeBits: bitsFor((greatest - base) / unitMs),
        holderBits: bitsFor(tags.holders.tags.length / 16 - 1),
        markBits: bitsFor(inOrder.length - 1),
        destinationBits: tags.destinations === undefined ? 0 : bitsFor(tags.destinations.tags.length / 16),
        records: 0,
        directoryBytes: 0,
        holders: tags.holders.tags.length / 16,
        destinations: (tags.destinations?.tags.length ?? 0) / 16,
      } as const;
      const { keys, destinations, period } = build;
      const format = segmentFormat;
      const header: SegmentHeader = {
        ...sortFacts(facts),
        format,
        keys,
        destinations,
        period,
        marks: inOrder,
        layout,
      };
      const merged = mergeRows(sorted, shape.width, mergeMemory);
      const written = writeSegment({ target: build.target, shape, rows: merged, ...tags, markPlaces: places, header });
      rmSync(build.work, { recursive: true });
      return written;
    },
  };
};

const refuseOther = ({ keys, destinations, period }: SegmentBuild, journal: BuildJournal): void => {
  const same =
    journal.keys === keys &&
    journal.destinations === destinations &&
    journal.period.from === period.from &&
    journal.period.to === period.to;
  if (!same) throw new AttributionError('damaged-work', 'the folder holds the work of another segment');
};

const nextName = (chunks: readonly string[]): string => {
  const greatest = Math.max(-1, ...chunks.map((chunk) => Number.parseInt(chunk, 10)));
  return `${String(greatest + 1).padStart(6, '0')}.rows`;
};

/** Merges the oldest chunks into one until few enough are left for a single merge with decent buffers. */
const mergeDown = (work: string, chunks: readonly string[], shape: RowShape): readonly string[] => {
  const left = [...chunks];
  const used = [...chunks];
  while (left.length > mergeWidth) {
    const group = left.splice(0, mergeWidth);
    const name = nextName(used);
    const file = openRowFile(path.join(work, name), shape.width);
    const paths = group.map((chunk) => path.join(work, chunk));
    for (const { bytes, at } of mergeRows(paths, shape.width, mergeMemory)) file.add(bytes, at);
    file.close();
    used.push(name);
    left.push(name);
  }
  return left;
};

const collectFrom = (paths: readonly string[], shape: RowShape, limit: number) => {
  const holders = collectTags(limit);
  const destinations = shape.mark > shape.destination ? collectTags(limit) : undefined;
  for (const file of paths) {
    for (const { bytes, at } of mergeRows([file], shape.width, 1 << 20)) {
      holders.add(bytes, at + shape.holder);
      const from = at + shape.destination;
      if (destinations !== undefined && bytes.subarray(from, at + shape.mark).some((byte) => byte !== 0)) {
        destinations.add(bytes, from);
      }
    }
  }
  const ranks: { holders: TagRanks; destinations: TagRanks | undefined } = {
    holders: holders.finish(),
    destinations: destinations?.finish(),
  };
  return ranks;
};
