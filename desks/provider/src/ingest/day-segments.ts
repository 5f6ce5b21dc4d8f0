import path from 'node:path';
import {
  type CoverageFact,
  dayOf,
  holdingsOf,
  type LeaseInterval,
  type LogFormat,
  type OpaqueTags,
  openPairing,
  openSegmentBuilder,
  parserName,
  type SegmentBuilder,
  type Span,
  tzVersion,
  type WrittenSegment,
} from '@tutela/attribution';
import type { DeclaredSource } from '../source/declared-source.js';
import { destinationsOf, holdingRules, keysOf } from '../source/holding-rules.js';
import { mergeChunks } from './record-spool.js';

const dayMs = 86_400_000;
const itemsBetween = 50_000;

interface Making {
  readonly work: string;
  /** Where the segments go; they are named by day. */
  readonly target: string;
  readonly chunks: readonly string[];
  readonly source: DeclaredSource;
  readonly format: LogFormat;
  readonly tags: OpaqueTags;
  readonly inputs: readonly { readonly sha256: string; readonly bytes: number }[];
  /** For which time the files are the log of the exporter. */
  readonly covers: Span;
}

export interface DaySegment {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly written: WrittenSegment;
}

export const dayName = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Pairs what was read and writes a segment for each UTC day of it. The same chunks give the same bytes. */
export const makeDaySegments = (making: Making): readonly DaySegment[] => {
  const { work, target, chunks, source, tags, covers } = making;
  const heartbeatMs = source.heartbeatSeconds === undefined ? undefined : source.heartbeatSeconds * 1000;
  const ends =
    source.ends.kind === 'logged'
      ? ('logged' as const)
      : { longestMs: Math.round(source.ends.longestHours * 3_600_000) };
  const pairing = openPairing({ heartbeatMs, ends });
  const rules = holdingRules(source, tags);
  const days = daysOf(covers).map((period) => ({ period, builder: builderFor(making, period) }));
  const facts: CoverageFact[] = [];
  const place = (interval: LeaseInterval): void => {
    for (const { period, builder } of days) {
      for (const holding of holdingsOf(interval, { ...rules, period })) builder.add(holding);
    }
  };
  const settle = (): void => {
    const paired = pairing.take();
    for (const interval of paired.intervals) place(interval);
    for (const fact of paired.facts) facts.push(fact);
  };
  let items = 0;
  for (const item of mergeChunks(chunks)) {
    pairing.add(item);
    if (++items % itemsBetween === 0) settle();
  }
  pairing.end();
  settle();
  const known = hourly(facts);
  return days.map(({ period, builder }) => ({
    day: dayName(period.from),
    written: builder.finish({
      exporter: source.log.exporter,
      inputs: [...making.inputs],
      parsers: [parserName(making.format)],
      tzVersion,
      clockErrorMs: source.clockErrorSeconds === 'unknown' ? 'unknown' : Math.ceil(source.clockErrorSeconds * 1000),
      ports:
        source.role.kind === 'translation' && source.role.nat === 'sessions-by-destination'
          ? 'one-holder-per-destination'
          : 'one-holder',
      inbound: source.role.kind === 'translation' && source.role.nat !== 'port-blocks' ? 'not-logged' : 'logged',
      evidence: source.evidence,
      // What was held since before the first file is not known, so the first moment of a segment never is.
      opening: 'unknown',
      received: [{ from: Math.max(covers.from, period.from), to: Math.min(covers.to, period.to) }],
      coverage: known.filter((fact) => touches(fact, period)),
    }),
  }));

  function builderFor({ source: of }: Making, period: Span): SegmentBuilder {
    const day = dayName(period.from);
    return openSegmentBuilder({
      work: path.join(work, `build-${day}`),
      target: path.join(target, `${day}.segment`),
      keys: keysOf(of),
      destinations: destinationsOf(of),
      period,
      rowsPerChunk: 250_000,
    });
  }
};

const daysOf = ({ from, to }: Span): readonly Span[] => {
  const days: Span[] = [];
  for (let at = dayOf(from).from; at <= to; at += dayMs) days.push(dayOf(at));
  return days;
};

/** Counts of an hour come in parts, one for each stretch that was read. */
const hourly = (facts: readonly CoverageFact[]): readonly CoverageFact[] => {
  const others: CoverageFact[] = [];
  const hours = new Map<number, Extract<CoverageFact, { kind: 'hourly-count' }>>();
  for (const fact of facts) {
    if (fact.kind !== 'hourly-count') {
      others.push(fact);
      continue;
    }
    const known = hours.get(fact.hour);
    hours.set(
      fact.hour,
      known === undefined
        ? fact
        : {
            ...known,
            allocs: known.allocs + fact.allocs,
            releases: known.releases + fact.releases,
            interims: known.interims + fact.interims,
            snapshots: known.snapshots + fact.snapshots,
            skew: {
              records: known.skew.records + fact.skew.records,
              least: leastOf(known.skew, fact.skew),
              most: mostOf(known.skew, fact.skew),
              sum: known.skew.sum + fact.skew.sum,
            },
          },
    );
  }
  return [...others, ...hours.values()];
};

type Skew = Extract<CoverageFact, { kind: 'hourly-count' }>['skew'];
const leastOf = (one: Skew, other: Skew): number =>
  one.records === 0 ? other.least : other.records === 0 ? one.least : Math.min(one.least, other.least);
const mostOf = (one: Skew, other: Skew): number =>
  one.records === 0 ? other.most : other.records === 0 ? one.most : Math.max(one.most, other.most);

/** Faults of the days beside count as well: what is unexplained there leaves doubt here. */
const touches = (fact: CoverageFact, { from, to }: Span): boolean => {
  if (fact.kind === 'hourly-count') return fact.hour >= from && fact.hour <= to;
  const [first, last] = 'at' in fact ? [fact.at, fact.at] : [fact.from, fact.to];
  return first <= to + dayMs && last >= from - dayMs;
};
