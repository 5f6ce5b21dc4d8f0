import type { LeaseInterval } from '../record/interval.js';
import type { Certainty, Holding, HoldingKey, HoldingMark, OpaqueTag } from './holding.js';

/** How intervals of one log become holdings of one segment. */
export interface HoldingRules {
  readonly period: { readonly from: number; readonly to: number };
  readonly keyOf: (interval: LeaseInterval) => HoldingKey | undefined;
  readonly holderOf: (interval: LeaseInterval) => OpaqueTag | undefined;
  readonly destinationOf?: (interval: LeaseInterval) => OpaqueTag | undefined;
}

const dayMs = 86_400_000;

/** The UTC day of a moment. */
export const dayOf = (at: number): { readonly from: number; readonly to: number } => {
  const from = Math.floor(at / dayMs) * dayMs;
  return { from, to: from + dayMs - 1 };
};

/**
 * What a segment keeps of an interval: the time in which it certainly held, and before and after it the time in which
 * it possibly did; what is open towards either side reaches to the edge of the period. Empty when it does not touch the
 * period, or names no key or no holder.
 */
export const holdingsOf = (interval: LeaseInterval, rules: HoldingRules): readonly Holding[] => {
  const key = rules.keyOf(interval);
  const holder = rules.holderOf(interval);
  if (key === undefined || holder === undefined) return [];
  const { period } = rules;
  const earliest = interval.startEarliest ?? Math.min(period.from, interval.startLatest);
  const latest = interval.endLatest ?? Math.max(period.to, interval.endEarliest);
  const parts: (readonly [Certainty, number, number])[] = [];
  if (interval.startLatest <= interval.endEarliest) {
    parts.push(['certain', interval.startLatest, interval.endEarliest]);
    if (earliest < interval.startLatest) parts.push(['possible', earliest, interval.startLatest]);
    if (latest > interval.endEarliest) parts.push(['possible', interval.endEarliest, latest]);
  } else {
    parts.push(['possible', earliest, latest]);
  }
  const { portFirst, portLast } = interval.outside ?? { portFirst: 0, portLast: 0xffff };
  const destination = rules.destinationOf?.(interval);
  return parts
    .filter(([, from, to]) => from <= period.to && to >= period.from)
    .map(([certainty, from, to]) => ({
      key,
      proto: interval.proto,
      portFirst,
      portLast,
      from,
      to,
      holder,
      destination,
      mark: markOf(interval, certainty, { from, to }, period),
    }));
};

const markOf = (
  interval: LeaseInterval,
  certainty: Certainty,
  part: { readonly from: number; readonly to: number },
  period: { readonly from: number; readonly to: number },
): HoldingMark => {
  const before = part.from < period.from;
  const after = part.to > period.to;
  return {
    certainty,
    start: interval.startKind,
    end: interval.endKind,
    reach: before ? (after ? 'throughout' : 'from-before') : after ? 'to-after' : 'inside',
    precisionMs: interval.precisionMs,
    qualifiers: interval.qualifiers,
  };
};
