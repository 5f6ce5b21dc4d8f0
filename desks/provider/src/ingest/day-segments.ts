import path from 'node:path';
import {
  type CoverageFact,
  dayOf,
  holdingsOf,
  type LeaseInterval,
  type LogFormat,
  type LogItem,
  type OpaqueTags,
  openPairing,
  openSegmentBuilder,
  type Paired,
  type Pairing,
  type PairingSettings,
  type PairingState,
  parserName,
  type SegmentBuilder,
  type SegmentFacts,
  type Span,
  tzVersion,
  type WrittenSegment,
} from '@tutela/attribution';
import type { DeclaredSource } from '../source/declared-source.js';
import { destinationsOf, holdingRules, keysOf } from '../source/holding-rules.js';
import type { CarriedState } from './carried-state.js';
import { type EarlierDays, openEarlierDays } from './earlier-days.js';
import { hourly } from './hourly-facts.js';
import { mergeChunks, timeOf } from './record-spool.js';

const dayMs = 86_400_000;
const itemsBetween = 50_000;
/** Lines of a device stand in order but for so much: what a cut between two files may have put on the wrong side. */
const disorderMs = 10_000;

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
  /** The last moment of a record; `undefined` without records. */
  readonly last: number | undefined;
  /** What this log goes on from: the items of its end are in the chunks as well. */
  readonly earlier?: {
    readonly state: () => CarriedState;
    /** Segment files by day. */
    readonly segments: ReadonlyMap<string, string>;
  };
}

export interface DaySegment {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly written: WrittenSegment;
}

export interface MadeDays {
  /** Days of the log, and earlier ones that something open at its beginning reaches into. */
  readonly segments: readonly DaySegment[];
  readonly carried: Pick<CarriedState, 'pairing' | 'tail'>;
}

export const dayName = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Pairs what was read and writes a segment for each UTC day of it. The same chunks give the same bytes; a log cut
 * anywhere gives the same holdings as a whole one (test: "a log cut at any line answers as it does in one file").
 */
export const makeDaySegments = (making: Making): MadeDays => {
  const { source, tags, covers, earlier } = making;
  const rules = holdingRules(source, tags);
  const settings = pairingSettings(source);
  const pairing = openPairing(settings, earlier?.state().pairing);
  const before = earlier && openEarlierDays({ rules, provisional: provisionalOf(settings, earlier.state()) }, earlier);
  const daysBefore = new Map(before?.days.map((period) => [period.from, period]));
  const days = new Map<number, { readonly period: Span; readonly builder: SegmentBuilder }>();
  const dayAt = (period: Span) => {
    let day = days.get(period.from);
    if (day === undefined) {
      day = { period, builder: builderFor(making, period) };
      days.set(period.from, day);
      for (const holding of before?.settled(period) ?? []) day.builder.add(holding);
    }
    return day;
  };
  for (const period of daysOf(covers)) dayAt(period);
  for (const period of before?.touched ?? []) dayAt(period);
  // Faults of the first day count on the day before it as well.
  const eve = daysBefore.get(dayOf(covers.from).from - dayMs);
  if (eve !== undefined) dayAt(eve);
  const facts: CoverageFact[] = [];
  const place = (interval: LeaseInterval): void => {
    // Without a known start it may have begun on any of the days before.
    const { startEarliest: first, endLatest: last } = interval;
    for (const period of daysBefore.values()) {
      if (period.to >= (first ?? period.to) && period.from <= (last ?? period.from)) dayAt(period);
    }
    for (const { period, builder } of days.values()) {
      for (const holding of holdingsOf(interval, { ...rules, period })) builder.add(holding);
    }
  };
  const settle = ({ intervals, facts: found }: Paired): void => {
    for (const interval of intervals) place(interval);
    for (const fact of found) facts.push(fact);
  };
  const carried = pairAll(pairing, making, settle);
  const segments = [...days.values()]
    .sort((one, other) => one.period.from - other.period.from)
    .map(({ period, builder }) => ({
      day: dayName(period.from),
      written: builder.finish(factsOf(making, period, facts, before)),
    }));
  return { segments, carried };
};

/** What is open within the last moments is paired as well as it can be, and stays open for the next ingest. */
const pairAll = (
  pairing: Pairing,
  { chunks, last = 0 }: Making,
  settle: (paired: Paired) => void,
): MadeDays['carried'] => {
  const tail: LogItem[] = [];
  let state: PairingState | undefined;
  let items = 0;
  for (const item of mergeChunks(chunks)) {
    const late = timeOf(item) > last - disorderMs && !('hour' in item);
    if (late && state === undefined) {
      settle(pairing.take());
      state = structuredClone(pairing.state());
    }
    if (late) tail.push(item);
    pairing.add(item);
    if (++items % itemsBetween === 0) settle(pairing.take());
  }
  state ??= structuredClone(pairing.state());
  pairing.end();
  settle(pairing.take());
  return { pairing: state, tail };
};

const pairingSettings = ({ heartbeatSeconds, ends }: DeclaredSource): PairingSettings => ({
  heartbeatMs: heartbeatSeconds === undefined ? undefined : heartbeatSeconds * 1000,
  ends: ends.kind === 'logged' ? 'logged' : { longestMs: Math.round(ends.longestHours * 3_600_000) },
});

/** What the earlier ingest made of its last moments, which is now made again with what came after. */
const provisionalOf = (settings: PairingSettings, { pairing: state, tail }: CarriedState): Paired => {
  const pairing = openPairing(settings, state);
  for (const item of tail) pairing.add(item);
  pairing.end();
  return pairing.take();
};

const factsOf = (
  { source, format, inputs, covers }: Making,
  period: Span,
  facts: readonly CoverageFact[],
  before: EarlierDays | undefined,
): SegmentFacts => {
  const known = before?.header(period);
  const received = { from: Math.max(covers.from, period.from), to: Math.min(covers.to, period.to) };
  return {
    exporter: source.log.exporter,
    inputs: [...(known?.inputs ?? []), ...inputs],
    parsers: [...(known?.parsers ?? []), parserName(format)],
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
    received: joined([...(known?.received ?? []), ...(received.from <= received.to ? [received] : [])]),
    coverage: hourly([...(before?.coverage ?? []), ...facts].filter((fact) => touches(fact, period))),
  };
};

const builderFor = ({ work, target, source }: Making, period: Span): SegmentBuilder => {
  const day = dayName(period.from);
  return openSegmentBuilder({
    work: path.join(work, `build-${day}`),
    target: path.join(target, `${day}.segment`),
    keys: keysOf(source),
    destinations: destinationsOf(source),
    period,
    rowsPerChunk: 250_000,
  });
};

const daysOf = ({ from, to }: Span): readonly Span[] => {
  const days: Span[] = [];
  for (let at = dayOf(from).from; at <= to; at += dayMs) days.push(dayOf(at));
  return days;
};

/** Spans that follow one another without a gap are one. */
const joined = (spans: readonly Span[]): Span[] => {
  const found: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = found.at(-1);
    if (last !== undefined && span.from <= last.to + 1) {
      found[found.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else found.push(span);
  }
  return found;
};

/** Faults of the days beside count as well: what is unexplained there leaves doubt here. */
const touches = (fact: CoverageFact, { from, to }: Span): boolean => {
  if (fact.kind === 'hourly-count') return fact.hour >= from && fact.hour <= to;
  const [first, last] = 'at' in fact ? [fact.at, fact.at] : [fact.from, fact.to];
  return first <= to + dayMs && last >= from - dayMs;
};
