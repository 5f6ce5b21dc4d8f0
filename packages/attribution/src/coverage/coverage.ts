import type { CoverageFact } from '../record/coverage-fact.js';
import type { SegmentHeader } from '../segment/segment-header.js';

/** A stretch of milliseconds UTC, both ends inclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Gap extends Span {
  readonly cause:
    | 'not-received'
    | 'sequence-gap'
    | 'heartbeat-missing'
    | 'restart'
    | 'unreadable-lines'
    | 'unexplained-pairing-fault';
}

/**
 * Whether a log is complete over a stretch of time. `not-evidenced`: nothing is known to be missing, and nothing would
 * show it, as with syslog over UDP without numbers.
 */
export type Coverage =
  | { readonly kind: 'proven' }
  | { readonly kind: 'gap'; readonly gaps: readonly Gap[] }
  | { readonly kind: 'not-evidenced' };

/** Facts about one exporter's log, from one or several segments. */
export type CoverageFacts = Pick<SegmentHeader, 'coverage' | 'evidence' | 'received'>;

/** RFC 6888 REQ-8: ports rest for 120 s, after a loss of state as well; around a restart nothing is taken for granted. */
const restartRestMs = 120_000;
const dayMs = 86_400_000;

/** What the facts of a log say about any stretch of time. */
export interface CoverageOfLog {
  /** In order of time. */
  readonly gaps: (span: Span) => readonly Gap[];
  readonly over: (span: Span) => Coverage;
}

export const openCoverage = (logs: readonly CoverageFacts[]): CoverageOfLog => {
  const facts = logs.flatMap(({ coverage }) => coverage);
  const lost = distinct(facts.flatMap(gapOf));
  const unexplained = facts.flatMap((fact) => unexplainedAt(fact, lost));
  const received = logs.flatMap((log) => log.received).sort((one, other) => one.from - other.from);
  const evidenced = logs.every(({ evidence }) => evidence !== 'none');
  const gaps = (span: Span): readonly Gap[] => {
    const found = [...notReceived(received, span)];
    for (const gap of lost) {
      if (gap.from > span.to) break;
      if (gap.to >= span.from) found.push(gap);
    }
    const unseen = unexplained.some((at) => at >= span.from - dayMs && at <= span.to + dayMs);
    if (unseen) found.push({ ...span, cause: 'unexplained-pairing-fault' });
    return found.sort(inOrder);
  };
  const over = (span: Span): Coverage => {
    const found = gaps(span);
    if (found.length > 0) return { kind: 'gap', gaps: found };
    return evidenced ? { kind: 'proven' } : { kind: 'not-evidenced' };
  };
  return { gaps, over };
};

const inOrder = (one: Gap, other: Gap): number =>
  one.from - other.from || one.to - other.to || (one.cause < other.cause ? -1 : 1);

/** A gap over midnight is told by both days. */
const distinct = (gaps: readonly Gap[]): readonly Gap[] =>
  [...new Map(gaps.map((gap) => [`${gap.from} ${gap.to} ${gap.cause}`, gap])).values()].sort(inOrder);

const gapOf = (fact: CoverageFact): readonly Gap[] => {
  switch (fact.kind) {
    case 'sequence-gap':
    case 'heartbeat-missing':
    case 'unreadable-lines':
      return [{ from: fact.from, to: fact.to, cause: fact.kind }];
    case 'restart':
      return [{ from: fact.at - restartRestMs, to: fact.at + restartRestMs, cause: 'restart' }];
    // Exhaustion explains why there is no record; pairing faults are judged beside the gaps; counts are no gap.
    case 'exhaustion':
    case 'pairing-fault':
    case 'hourly-count':
      return [];
  }
};

/**
 * Events that do not fit each other follow from a known gap in which the missing one was lost, or show that losses go
 * unseen in this log, or that the device errs: then nothing within a day of them counts as proven.
 */
const unexplainedAt = (fact: CoverageFact, lost: readonly Gap[]): readonly number[] => {
  if (fact.kind !== 'pairing-fault') return [];
  const { at, since = 0 } = fact;
  return lost.some(({ from, to }) => from <= at && to >= since) ? [] : [at];
};

const notReceived = (received: readonly Span[], span: Span): readonly Gap[] => {
  const gaps: Gap[] = [];
  let next = span.from;
  for (const { from, to } of received) {
    if (to < next) continue;
    if (from > span.to) break;
    if (from > next) gaps.push({ from: next, to: from - 1, cause: 'not-received' });
    next = to + 1;
  }
  if (next <= span.to) gaps.push({ from: next, to: span.to, cause: 'not-received' });
  return gaps;
};
