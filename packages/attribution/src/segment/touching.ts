import { findEntries, findKey } from './find-runs.js';
import type { HoldingKey, HoldingMark, OpaqueTag } from './holding.js';
import { keyBytesOf, writeKey } from './row-shape.js';
import type { Run, SegmentReader } from './segment-reader.js';

/** Who held `key` between two moments (milliseconds UTC, inclusive). */
export interface SegmentQuestion {
  readonly key: HoldingKey;
  readonly proto: number | undefined;
  readonly port: number | undefined;
  readonly destination: OpaqueTag | undefined;
  readonly from: number;
  readonly to: number;
}

export interface SegmentHit {
  readonly holder: OpaqueTag;
  readonly destination: OpaqueTag | undefined;
  readonly from: number;
  readonly to: number;
  readonly mark: HoldingMark;
  /** Whether the whole address was held, or some of its ports. */
  readonly extent: 'whole' | 'ports';
}

/** A run that was read: where it stands in the file, and how many records it has. */
export interface SegmentRead {
  readonly segment: string;
  readonly offset: number;
  readonly records: number;
}

export interface SegmentFindings {
  readonly hits: readonly SegmentHit[];
  /** End of the last holding before, start of the first after, of others than the hits'; `undefined`: none here. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly reads: readonly SegmentRead[];
  /** Of the key in the whole period: holdings, runs and distinct holders, as the directory counts them. */
  readonly load: { readonly holdings: number; readonly runs: number; readonly holders: number } | undefined;
}

/** Holdings of a segment that touch the moments asked about. One read for each run, none for any other. */
export const touching = (segment: SegmentReader, question: SegmentQuestion): SegmentFindings => {
  if (question.key.kind !== segment.header.keys) return nothingFound;
  if (question.key.kind === 'ipv6') return longestPrefix(segment, question, question.key.prefix);
  return ofKey(segment, question, encoded(question.key));
};

const nothingFound: SegmentFindings = { hits: [], before: undefined, after: undefined, reads: [], load: undefined };

const encoded = (key: HoldingKey): Buffer => {
  const bytes = Buffer.alloc(keyBytesOf(key.kind));
  writeKey(bytes, 0, key);
  return bytes;
};

const ofKey = (segment: SegmentReader, question: SegmentQuestion, bytes: Buffer): SegmentFindings => {
  const { directory } = segment;
  const key = findKey(directory, bytes);
  if (key < 0) return nothingFound;
  const entries = findEntries(directory, key, question.proto, question.port);
  const hits: SegmentHit[] = [];
  const around = { before: -1, after: Number.POSITIVE_INFINITY };
  const runs: { readonly entry: number; readonly run: Run }[] = [];
  const wanted = question.destination === undefined ? undefined : segment.destinationRank(question.destination);
  for (const entry of entries) {
    const run = segment.run(entry);
    runs.push({ entry, run });
    collect(segment, { question, wanted }, entry, run, hits);
    neighbours(segment, { question, wanted }, entry, run, hits, around);
  }
  const [first, end] = [directory.entriesOf[key]!, directory.entriesOf[key + 1]!];
  return {
    hits,
    before: around.before < 0 ? undefined : around.before,
    after: around.after === Number.POSITIVE_INFINITY ? undefined : around.after,
    reads: runs.map(({ entry, run }) => ({
      segment: segment.sha256,
      offset: segment.offsetOf(entry),
      records: run.records,
    })),
    load: {
      holdings: directory.record[end]! - directory.record[first]!,
      runs: end - first,
      holders: directory.holdersOf[key]!,
    },
  };
};

interface Sought {
  readonly question: SegmentQuestion;
  /** Rank of the destination asked about; −1 for one nobody went to, `undefined` when none was named. */
  readonly wanted: number | undefined;
}

/** A record without a destination counts for each. */
const matches = ({ codec }: SegmentReader, { wanted }: Sought, bytes: Buffer, at: number): boolean => {
  if (wanted === undefined) return true;
  const its = codec.destination(bytes, at);
  return its < 0 || its === wanted;
};

/** Number of records of a run that begin at or before a moment. */
const begun = ({ codec }: SegmentReader, { bytes, at, records }: Run, moment: number): number => {
  let low = 0;
  for (let high = records; low < high; ) {
    const middle = (low + high) >>> 1;
    if (codec.from(bytes, at + middle * codec.width) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
};

const collect = (segment: SegmentReader, sought: Sought, entry: number, run: Run, hits: SegmentHit[]): void => {
  const { codec, directory } = segment;
  const { bytes, at } = run;
  const { from, to } = sought.question;
  const extent = directory.first[entry] === 0 && directory.last[entry] === 0xffff ? 'whole' : 'ports';
  for (let record = begun(segment, run, to) - 1; record >= 0; record--) {
    const place = at + record * codec.width;
    const ends = codec.to(bytes, place);
    if (ends < from) {
      if (codec.endsAscend[entry] === 1) return;
    } else if (matches(segment, sought, bytes, place)) {
      const rank = codec.destination(bytes, place);
      hits.push({
        holder: segment.holder(codec.holder(bytes, place)),
        destination: rank < 0 ? undefined : segment.destination(rank),
        from: codec.from(bytes, place),
        to: ends,
        mark: segment.mark(codec.mark(bytes, place)),
        extent,
      });
    }
  }
};

interface Around {
  before: number;
  after: number;
}

const neighbours = (
  segment: SegmentReader,
  sought: Sought,
  entry: number,
  run: Run,
  hits: readonly SegmentHit[],
  around: Around,
): void => {
  const { codec } = segment;
  const { bytes, at, records } = run;
  const { from, to } = sought.question;
  const isOther = (place: number): boolean =>
    matches(segment, sought, bytes, place) &&
    !hits.some(({ holder }) => holder === segment.holder(codec.holder(bytes, place)));
  const edge = begun(segment, run, to);
  for (let record = edge; record < records; record++) {
    const place = at + record * codec.width;
    const starts = codec.from(bytes, place);
    if (starts >= around.after) break;
    if (isOther(place)) {
      around.after = starts;
      break;
    }
  }
  for (let record = edge - 1; record >= 0; record--) {
    const place = at + record * codec.width;
    const ends = codec.to(bytes, place);
    if (ends < from && ends > around.before && isOther(place)) around.before = ends;
    if (codec.endsAscend[entry] === 1 && ends <= around.before) break;
  }
};

/**
 * The longest delegated prefix over an address or prefix. A shorter one counts as well unless a longer one is certain
 * to have held all the time.
 */
const longestPrefix = (
  segment: SegmentReader,
  question: SegmentQuestion,
  { value, length: longest }: { readonly value: bigint; readonly length: number },
): SegmentFindings => {
  const parts: SegmentFindings[] = [];
  for (const length of segment.directory.lengths) {
    if (length > longest) continue;
    const kept = length === 0 ? 0n : (value >> BigInt(128 - length)) << BigInt(128 - length);
    const key = encoded({ kind: 'ipv6', prefix: { version: 6, value: kept, length } });
    const found = ofKey(segment, question, key);
    if (found.reads.length === 0) continue;
    parts.push(found);
    if (found.hits.some((hit) => isThroughout(hit, question))) break;
  }
  const moments = (side: 'before' | 'after'): readonly number[] => parts.flatMap((part) => part[side] ?? []);
  return {
    hits: parts.flatMap(({ hits }) => hits.map((hit) => ({ ...hit, extent: 'whole' as const }))),
    before: moments('before').reduce<number | undefined>((one, other) => Math.max(one ?? other, other), undefined),
    after: moments('after').reduce<number | undefined>((one, other) => Math.min(one ?? other, other), undefined),
    reads: parts.flatMap(({ reads }) => reads),
    load: parts[0]?.load,
  };
};

const isThroughout = ({ from, to, mark }: SegmentHit, question: SegmentQuestion): boolean =>
  mark.certainty === 'certain' && from <= question.from && to >= question.to;
