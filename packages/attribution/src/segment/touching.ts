import { findEntries, findIpv4, findKey } from './find-runs.js';
import type { HoldingKey, HoldingMark, OpaqueTag } from './holding.js';
import { keyBytesOf, writeKey } from './row-shape.js';
import { scanRun } from './scan-run.js';
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

/** A holding found; its tags are ranks among those of the segment, which spells them out when they are wanted. */
export interface SegmentHit {
  readonly segment: SegmentReader;
  readonly holder: number;
  /** −1 where no destination was kept. */
  readonly destination: number;
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
  const { key } = question;
  if (key.kind === 'ipv6') return longestPrefix(segment, question, key.prefix);
  const { directory } = segment;
  return ofKey(
    segment,
    question,
    key.kind === 'ipv4' ? findIpv4(directory, key.value) : findKey(directory, encoded(key)),
  );
};

const nothingFound: SegmentFindings = { hits: [], before: undefined, after: undefined, reads: [], load: undefined };

const encoded = (key: HoldingKey): Buffer => {
  const bytes = Buffer.alloc(keyBytesOf(key.kind));
  writeKey(bytes, 0, key);
  return bytes;
};

const ofKey = (segment: SegmentReader, question: SegmentQuestion, key: number): SegmentFindings => {
  const { directory, codec, sha256 } = segment;
  if (key < 0) return nothingFound;
  const { from, to, destination } = question;
  const wanted = destination === undefined ? undefined : segment.destinationRank(destination);
  const window = { from, to, wanted };
  const hits: SegmentHit[] = [];
  const reads: SegmentRead[] = [];
  let before = -1;
  let after = Number.POSITIVE_INFINITY;
  for (const entry of findEntries(directory, key, question.proto, question.port)) {
    const run = segment.run(entry);
    const scan = scanRun(codec, run, codec.endsAscend[entry]!, window);
    const extent = directory.first[entry] === 0 && directory.last[entry] === 0xffff ? 'whole' : 'ports';
    for (const place of scan.hits) hits.push(hitAt(segment, run, place, extent));
    // Another's record in this run may be of somebody hit in the next one: the distance is then told too short.
    before = Math.max(before, scan.before);
    after = Math.min(after, scan.after);
    reads.push({ segment: sha256, offset: segment.offsetOf(entry), records: run.records });
  }
  const first = directory.entriesOf[key]!;
  const end = directory.entriesOf[key + 1]!;
  return {
    hits,
    before: before < 0 ? undefined : before,
    after: after === Number.POSITIVE_INFINITY ? undefined : after,
    reads,
    load: {
      holdings: directory.recordsOf[key]!,
      runs: end - first,
      holders: directory.holdersOf[key]!,
    },
  };
};

const hitAt = (segment: SegmentReader, { view }: Run, place: number, extent: 'whole' | 'ports'): SegmentHit => {
  const { codec } = segment;
  return {
    segment,
    holder: codec.holder(view, place),
    destination: codec.destination(view, place),
    from: codec.from(view, place),
    to: codec.to(view, place),
    mark: segment.mark(codec.mark(view, place)),
    extent,
  };
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
    const found = ofKey(segment, question, findKey(segment.directory, key));
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
