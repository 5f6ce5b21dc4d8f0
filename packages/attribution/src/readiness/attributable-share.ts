import type { CoverageOfLog } from '../coverage/coverage.js';
import { eachHolding } from '../segment/each-holding.js';
import type { Holding } from '../segment/holding.js';
import type { SegmentReader } from '../segment/segment-reader.js';
import { type SegmentHit, touching } from '../segment/touching.js';

/**
 * Of the moments at which somebody held something, seen by an observer whose clock may err by `clockErrorMs`: the share
 * with one certain holder in a log without a gap (`exact`), with one and a doubt, and with several.
 */
export interface AttributableShare {
  readonly port: 'given' | 'missing';
  readonly clockErrorMs: number;
  readonly exact: number;
  readonly qualified: number;
  readonly several: number;
  /** The same hour by hour; an hour in which nothing was held has no moments. */
  readonly hours: readonly HourShare[];
}

export interface HourShare {
  /** First millisecond of the hour. */
  readonly hour: number;
  readonly moments: number;
  readonly exact: number;
}

export interface ShareSettings {
  readonly clockErrorsMs: readonly number[];
  /** Moments asked about, spread evenly over all time held: no chance, the same answer each time. */
  readonly moments: number;
}

const hourMs = 3_600_000;

interface Moment {
  readonly holding: Holding;
  readonly at: number;
}

export const attributableShares = (
  segment: SegmentReader,
  coverage: CoverageOfLog,
  { clockErrorsMs, moments }: ShareSettings,
): readonly AttributableShare[] => {
  const asked = spread(segment, moments);
  return (['given', 'missing'] as const).flatMap((port) =>
    clockErrorsMs.map((clockErrorMs) => {
      const counts = { exact: 0, qualified: 0, several: 0 };
      const hours = new Map<number, { moments: number; exact: number }>();
      for (const moment of asked) {
        const outcome = outcomeAt(segment, coverage, moment, port, clockErrorMs);
        counts[outcome]++;
        const hour = moment.at - (moment.at % hourMs);
        const known = hours.get(hour) ?? { moments: 0, exact: 0 };
        hours.set(hour, { moments: known.moments + 1, exact: known.exact + (outcome === 'exact' ? 1 : 0) });
      }
      const share = (count: number): number => (asked.length === 0 ? 0 : count / asked.length);
      return {
        port,
        clockErrorMs,
        exact: share(counts.exact),
        qualified: share(counts.qualified),
        several: share(counts.several),
        hours: [...hours]
          .sort(([one], [other]) => one - other)
          .map(([hour, { moments: of, exact }]) => ({ hour, moments: of, exact: exact / of })),
      };
    }),
  );
};

/** Moments at even distances along all holdings laid end to end, so that long ones are met more often. */
const spread = (segment: SegmentReader, moments: number): readonly Moment[] => {
  const { period } = segment.header;
  const within = ({ from, to }: Holding): number => Math.max(0, Math.min(to, period.to) - Math.max(from, period.from));
  let total = 0;
  for (const holding of eachHolding(segment)) total += within(holding);
  const step = total / moments;
  const found: Moment[] = [];
  let passed = 0;
  let next = step / 2;
  for (const holding of eachHolding(segment)) {
    const length = within(holding);
    for (; next < passed + length && found.length < moments; next += step) {
      found.push({ holding, at: Math.floor(Math.max(holding.from, period.from) + next - passed) });
    }
    passed += length;
  }
  return found;
};

const outcomeAt = (
  segment: SegmentReader,
  coverage: CoverageOfLog,
  { holding, at }: Moment,
  port: 'given' | 'missing',
  clockErrorMs: number,
): 'exact' | 'qualified' | 'several' => {
  const { key, proto, portFirst } = holding;
  const span = { from: at - clockErrorMs, to: at + clockErrorMs };
  const asked = {
    key,
    proto: proto === '*' ? undefined : proto,
    port: port === 'given' ? portFirst : undefined,
    destination: undefined,
    ...span,
  };
  const { hits } = touching(segment, asked);
  if (new Set(hits.map(({ holder }) => holder)).size > 1) return 'several';
  const certain = hits.some((hit) => isCertain(hit, span.from, span.to));
  return certain && coverage.over(span).kind === 'proven' ? 'exact' : 'qualified';
};

const isCertain = ({ from, to, mark }: SegmentHit, first: number, last: number): boolean =>
  mark.certainty === 'certain' &&
  mark.start === 'observed' &&
  mark.end === 'observed' &&
  mark.qualifiers.length === 0 &&
  from <= first &&
  to >= last;
