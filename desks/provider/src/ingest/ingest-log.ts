import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type InputRefusal, type OpaqueTags, openCoverage, type Span } from '@tutela/attribution';
import { type Clock, canonicalJson, done, type JsonObject, type Outcome, refused, toInstant } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { ingestEvent } from '../events.js';
import {
  findIngest,
  findIngestUntil,
  insertIngest,
  markSuperseded,
  segmentsOfIngest,
  segmentsUpTo,
} from '../queries/segments.js';
import type { SegmentTable } from '../schema.js';
import { formatOf } from '../source/declared-source.js';
import { declaredSource } from '../source/keep-sources.js';
import { carriedFile, readCarried, writeCarried } from './carried-state.js';
import { type DaySegment, makeDaySegments } from './day-segments.js';
import { chunkPath, type IngestJournal } from './ingest-journal.js';
import { readFiles, rejectsFile } from './read-files.js';
import { writeChunk } from './record-spool.js';

export interface IngestDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The desk's own, private. */
  readonly folder: string;
  readonly tags: OpaqueTags;
  /** 32 bytes, for what is carried to the next ingest. */
  readonly sealKey: Uint8Array;
  /** Items of a log in memory at once. Default 200,000. */
  readonly chunkItems?: number;
}

export interface Ingested {
  readonly ingestId: string;
  /** `before`: these very files were ingested already. */
  readonly when: 'now' | 'before';
  readonly tally: JsonObject;
  readonly segments: readonly Pick<SegmentTable, 'sha256' | 'day' | 'records' | 'bytes'>[];
}

export interface IngestRequest {
  readonly exporter: string;
  /** All of one device, one after another in time; read as one log. */
  readonly files: readonly string[];
  /** For which time they are the whole log (ms UTC); without it, from the first record to the last. */
  readonly covers?: Span;
  readonly by: string;
  readonly onProgress?: (progress: { readonly doing: 'digesting' | 'reading'; readonly bytes: number }) => void;
}

type IngestFault = 'source-unknown' | 'format-unknown' | 'pattern-malformed' | 'covers-too-much' | InputRefusal;

const dayMs = 86_400_000;
/** A builder is open for each day. */
const mostDays = 40;

/**
 * Reads log files into one segment a UTC day. After a kill the same call goes on where it was cut off and comes to the
 * same digests (test: "killed at any moment, an ingest comes to the same segments").
 */
export const ingestLog = async (deps: IngestDeps, request: IngestRequest): Promise<Outcome<Ingested, IngestFault>> => {
  const { exporter, files, onProgress = () => undefined } = request;
  const source = await declaredSource(deps.db, exporter);
  if (source === undefined) return refused('source-unknown', `${exporter} is not declared`);
  const format = await formatOf(source);
  if (format.kind !== 'done') return format;
  const inputs: { readonly sha256: string; readonly bytes: number }[] = [];
  for (const file of files) inputs.push(await digestOf(file, (bytes) => onProgress({ doing: 'digesting', bytes })));
  const ingestId = createHash('sha256')
    .update(canonicalJson({ exporter, inputs, covers: request.covers === undefined ? null : { ...request.covers } }))
    .digest('hex');
  const work = path.join(deps.folder, 'work', ingestId);
  const known = await findIngest(deps.db, ingestId);
  if (known !== undefined) {
    await rm(work, { recursive: true, force: true });
    const segments = await segmentsOfIngest(deps.db, ingestId);
    return done({ ingestId, when: 'before', tally: known.tally, segments });
  }

  await mkdir(work, { recursive: true, mode: 0o700 });
  const earlier = await earlierLog(deps, request);
  const { chunkItems = 200_000 } = deps;
  const onBytes = (bytes: number): void => onProgress({ doing: 'reading', bytes });
  const reading = { folder: work, files, source, format: format.value, chunkItems, onProgress: onBytes };
  const read = await readFiles({ ...reading, resume: earlier?.state().resume });
  if (read.kind !== 'done') {
    await rm(work, { recursive: true, force: true });
    return read;
  }
  const journal = read.value;
  const covers = request.covers ?? coveredBy(journal);
  if (covers !== undefined && covers.to - covers.from > mostDays * dayMs)
    return refused('covers-too-much', `at most ${mostDays} days at once`);
  const made = path.join(work, 'made');
  // Segments half made by a run that was cut off are made again: the chunks hold everything.
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { mode: 0o700 });
  const chunks = Array.from({ length: journal.chunks }, (_, chunk) => chunkPath(work, chunk));
  if (earlier !== undefined) {
    const tail = path.join(work, 'tail');
    writeChunk(tail, earlier.state().tail);
    chunks.push(tail);
  }
  const making = { work: made, target: made, chunks, source, format: format.value, tags: deps.tags, inputs };
  const { segments, carried } =
    covers === undefined
      ? { segments: [], carried: undefined }
      : makeDaySegments({
          ...making,
          covers,
          last: journal.last,
          ...(earlier === undefined ? {} : { earlier }),
        });
  if (carried !== undefined) writeCarried(deps.sealKey, made, { ...carried, resume: journal.resume });
  const place = path.join('segments', ingestId);
  await mkdir(path.join(deps.folder, 'segments'), { recursive: true, mode: 0o700 });
  // Of a run that was killed between here and its transaction; nothing refers to it.
  await rm(path.join(deps.folder, place), { recursive: true, force: true });
  await rename(made, path.join(deps.folder, place));
  await copyFile(path.join(work, rejectsFile), path.join(deps.folder, place, rejectsFile));
  const rows = segments.map((segment) => rowOf(segment));
  for (const { file } of rows) await chmod(path.join(deps.folder, file), 0o400);
  const { tally } = journal;
  const at = deps.clock.now();
  const superseded = [...(earlier?.written ?? [])].filter(([day]) => rows.some((row) => row.day === day));
  const supersededDigests = superseded.map(([, sha256]) => sha256);
  await inTransaction(deps.db, async (tx) => {
    const row = { ingest_id: ingestId, exporter, inputs: JSON.stringify(inputs), tally: JSON.stringify(tally) };
    const covering = { covers_from: covers?.from ?? null, covers_to: covers?.to ?? null };
    const follows = earlier?.ingestId ?? null;
    await insertIngest(tx, { ...row, ...covering, follows, finished_at: at }, rows);
    await markSuperseded(tx, supersededDigests, ingestId);
    const did = { ingestId, by: request.by, at, lines: tally.lines, rejected: tally.rejected };
    await appendEvent(tx, ingestEvent(did, rows, supersededDigests));
  });
  await rm(work, { recursive: true, force: true });
  // What was open is in this ingest's state now; nobody goes on from the other one.
  if (earlier !== undefined) await rm(path.join(earlier.folder, carriedFile), { force: true });
  return done({
    ingestId,
    when: 'now',
    tally: { ...tally, ignored: { ...tally.ignored }, faults: { ...tally.faults } },
    segments: rows,
  });

  function rowOf({ day, written }: DaySegment): SegmentTable {
    const { period } = written.header;
    const gaps = openCoverage([written.header]).gaps(period);
    return {
      sha256: written.sha256,
      ingest_id: ingestId,
      exporter,
      day,
      keys: written.header.keys,
      file: path.join(place, path.basename(written.path)),
      bytes: written.bytes,
      records: written.records,
      covered_ms: covered(period, gaps),
      gaps: gaps.length,
      retain_until: toInstant(new Date(period.to + 1 + (source?.retentionDays ?? 0) * dayMs)),
      written_at: deps.clock.now(),
      deleted_at: null,
      certificate: null,
      superseded_by: null,
    };
  }
};

/**
 * The log that this one goes on from: of the same exporter, up to the very millisecond before. With anything between
 * them nothing is carried: what was open then ended nobody knows when (test: "a lost file between two is a gap, and
 * nobody is taken to have held through it").
 */
const earlierLog = async ({ db, folder, sealKey }: IngestDeps, { exporter, covers }: IngestRequest) => {
  const found = covers === undefined ? undefined : await findIngestUntil(db, exporter, covers.from - 1);
  if (found === undefined) return undefined;
  const { ingest_id: ingestId } = found;
  const place = path.join(folder, 'segments', ingestId);
  const state = () => readCarried(sealKey, place);
  if (state() === undefined) return undefined;
  const segments = await segmentsUpTo(db, ingestId);
  return {
    ingestId,
    folder: place,
    state: () => state()!,
    segments: new Map(segments.map(({ day, file }) => [day, path.join(folder, file)])),
    written: new Map(segments.map(({ day, sha256 }) => [day, sha256])),
  };
};

const coveredBy = ({ first, last }: IngestJournal): Span | undefined =>
  first === undefined || last === undefined ? undefined : { from: first, to: last };

/** Milliseconds of a period that no gap touches. */
const covered = ({ from, to }: Span, gaps: readonly Span[]): number => {
  let left = to - from + 1;
  let counted = from;
  for (const gap of [...gaps].sort((one, other) => one.from - other.from)) {
    const first = Math.max(gap.from, counted);
    const last = Math.min(gap.to, to);
    if (last < first) continue;
    left -= last - first + 1;
    counted = last + 1;
  }
  return left;
};

const digestOf = async (file: string, onBytes: (bytes: number) => void) => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(bytes);
  }
  return { sha256: hash.digest('hex'), bytes };
};
