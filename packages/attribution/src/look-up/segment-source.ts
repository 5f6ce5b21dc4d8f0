import { AttributionError } from '../attribution-error.js';
import { openCoverage, type Span } from '../coverage/coverage.js';
import type { IpPrefix } from '../observation/ip-address.js';
import type { HoldingKey } from '../segment/holding.js';
import type { OpaqueTags } from '../segment/opaque-tags.js';
import type { SegmentReader } from '../segment/segment-reader.js';
import { type SegmentFindings, type SegmentHit, touching } from '../segment/touching.js';
import type { Findings, Found, HolderSource, SourceKey } from './holder-source.js';
import { isInside } from './inside-prefix.js';

export interface SegmentLog {
  readonly name: string;
  /** Of one exporter and kind of key, one for each period that is retained. */
  readonly segments: readonly SegmentReader[];
  /** The outside addresses it hands out; none for later steps of a chain. */
  readonly pools: readonly IpPrefix[];
  readonly tags: OpaqueTags;
}

/** The log of one exporter as it lies in segments. Only segments whose period the window touches are read. */
export const segmentSource = (log: SegmentLog): HolderSource => {
  const segments = [...log.segments].sort((one, other) => one.header.period.from - other.header.period.from);
  const headers = segments.map(({ header }) => header);
  const [first] = headers;
  if (first === undefined) throw new AttributionError('bad-declaration', `${log.name} has no segment`);
  const coverage = openCoverage(headers);
  const over = (span: Span): readonly SegmentReader[] =>
    segments.filter(({ header: { period } }) => period.from <= span.to && period.to >= span.from);
  const precisionMs = Math.max(...headers.flatMap(({ marks }) => marks.map((mark) => mark.precisionMs)), 0);

  return {
    name: log.name,
    versions: (span) => [
      ...new Set(
        over(span).flatMap(({ sha256, header }) => [
          `segment:${sha256}`,
          `tz:${header.tzVersion}`,
          ...header.parsers.map((parser) => `parser:${parser}`),
        ]),
      ),
    ],
    clockErrorMs: headers.some(({ clockErrorMs }) => clockErrorMs === 'unknown')
      ? 'unknown'
      : Math.max(...headers.map(({ clockErrorMs }) => (clockErrorMs === 'unknown' ? 0 : clockErrorMs))),
    precisionMs,
    ports: headers.some(({ ports }) => ports === 'one-holder-per-destination')
      ? 'one-holder-per-destination'
      : 'one-holder',
    inbound: headers.every(({ inbound }) => inbound === 'logged') ? 'logged' : 'not-logged',
    owns: (ip, span) => {
      if (!log.pools.some((pool) => isInside(pool, ip))) return 'not-owned';
      return span.from < first.period.from ? 'retention-expired' : 'owned';
    },
    find: (key, span) => {
      const asked = over(span);
      const question = questionOf(key, log.tags, asked);
      const found = asked.map((segment) => ({ segment, findings: touching(segment, { ...question, ...span }) }));
      return {
        found: merged(found.flatMap(({ findings }) => findings.hits)),
        before: neighbour(found, 'before', asked[0]?.header.period.from ?? span.from),
        after: neighbour(found, 'after', asked.at(-1)?.header.period.to ?? span.to),
        coverage: coverage.over,
        knownFrom: asked[0]?.header.opening === 'carried' ? asked[0].header.period.from : undefined,
        reads: found.flatMap(({ findings }) => findings.reads),
        load: loadOf(found),
        reasons: [],
      };
    },
  };
};

const questionOf = (key: SourceKey, tags: OpaqueTags, asked: readonly SegmentReader[]) => {
  const whole = { proto: undefined, port: undefined, destination: undefined };
  if (key.kind === 'tag') return { key, ...whole };
  if (key.kind === 'prefix') return { key: { kind: 'ipv6', prefix: key.prefix } as const, ...whole };
  const { ip, port, proto, dest } = key;
  const kept = asked.every(({ header }) => header.destinations === 'kept');
  const destination = kept && dest?.port !== undefined ? tags.destination(dest.ip, dest.port) : undefined;
  const asKey: HoldingKey =
    ip.version === 4
      ? { kind: 'ipv4', value: ip.value }
      : { kind: 'ipv6', prefix: { version: 6, value: ip.value, length: 128 } };
  return { key: asKey, proto, port, destination };
};

/** A holding over midnight stands in two segments; the later one may know more of its end. */
const merged = (hits: readonly SegmentHit[]): readonly Found[] => {
  const byPlace = new Map<string, Found>();
  for (const hit of hits) {
    const found = spelledOut(hit);
    const place = [hit.segment.holder(hit.holder), found.destination, hit.from, found.certainty, hit.extent].join();
    const known = byPlace.get(place);
    if (known === undefined || found.to > known.to || known.end === 'open') byPlace.set(place, found);
  }
  return [...byPlace.values()];
};

const spelledOut = ({ segment, holder, destination, from, to, mark, extent }: SegmentHit): Found => ({
  link: { kind: 'tag', tag: segment.holder(holder) },
  from,
  to,
  certainty: mark.certainty,
  start: mark.start,
  end: mark.end,
  extent,
  destination: destination < 0 ? undefined : segment.destination(destination),
  qualifiers: mark.qualifiers,
});

type FoundIn = readonly { readonly segment: SegmentReader; readonly findings: SegmentFindings }[];

const neighbour = (found: FoundIn, side: 'before' | 'after', edge: number): Findings['before'] => {
  const moments = found.flatMap(({ findings }) => findings[side] ?? []);
  if (moments.length === 0) return { kind: 'at-least', at: edge };
  return { kind: 'exact', at: side === 'before' ? Math.max(...moments) : Math.min(...moments) };
};

const loadOf = (found: FoundIn): Findings['load'] => {
  const loads = found.flatMap(({ segment: { header }, findings: { load } }) =>
    load === undefined ? [] : [{ ...load, ms: header.period.to - header.period.from + 1 }],
  );
  if (loads.length === 0) return undefined;
  return {
    holdings: loads.reduce((sum, { holdings }) => sum + holdings, 0),
    runs: Math.max(...loads.map(({ runs }) => runs)),
    holders: Math.max(...loads.map(({ holders }) => holders)),
    ms: loads.reduce((sum, { ms }) => sum + ms, 0),
  };
};
