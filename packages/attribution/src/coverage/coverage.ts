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

/** The whole of a log's gaps, in order of time; `received` is what is left out by it. */
export const gapsOf = (logs: readonly CoverageFacts[], span: Span): readonly Gap[] => {
  const facts = logs.flatMap(({ coverage }) => coverage);
  const lost = facts.flatMap(gapOf);
  const unexplained = facts.flatMap((fact) => unexplainedFault(fact, lost, span));
  return [...notReceived(logs, span), ...lost, ...unexplained]
    .filter((gap) => gap.from <= span.to && gap.to >= span.from)
    .sort((one, other) => one.from - other.from || one.to - other.to || (one.cause < other.cause ? -1 : 1));
};

export const coverageOver = (logs: readonly CoverageFacts[], span: Span): Coverage => {
  const gaps = gapsOf(logs, span);
  if (gaps.length > 0) return { kind: 'gap', gaps };
  return logs.some(({ evidence }) => evidence === 'none') ? { kind: 'not-evidenced' } : { kind: 'proven' };
};

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
const unexplainedFault = (fact: CoverageFact, lost: readonly Gap[], span: Span): readonly Gap[] => {
  if (fact.kind !== 'pairing-fault') return [];
  if (lost.some(({ from, to }) => from <= fact.at && to >= (fact.since ?? 0))) return [];
  const near = fact.at >= span.from - dayMs && fact.at <= span.to + dayMs;
  return near ? [{ ...span, cause: 'unexplained-pairing-fault' }] : [];
};

const notReceived = (logs: readonly CoverageFacts[], span: Span): readonly Gap[] => {
  const received = logs.flatMap((log) => log.received).sort((one, other) => one.from - other.from);
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
