import { type CoverageFacts, type CoverageOfLog, openCoverage } from './coverage.js';

/** One hour of an exporter's log. */
export interface HourCoverage {
  /** First millisecond of the hour. */
  readonly hour: number;
  /** Milliseconds of the hour that no gap touches. */
  readonly coveredMs: number;
  readonly evidence: CoverageFacts['evidence'];
  readonly allocs: number;
  readonly releases: number;
  readonly interims: number;
  /** Receive minus device time in milliseconds; `undefined` where no record had both. */
  readonly skew: { readonly least: number; readonly most: number; readonly mean: number } | undefined;
}

const hourMs = 3_600_000;

/** Coverage of each hour of a period whose ends stand on whole hours (`to` is the last millisecond). */
export const hourlyCoverage = (
  log: CoverageFacts,
  period: { readonly from: number; readonly to: number },
): readonly HourCoverage[] => {
  const counts = new Map(
    log.coverage.flatMap((fact) => (fact.kind === 'hourly-count' ? [[fact.hour, fact] as const] : [])),
  );
  const coverage = openCoverage([log]);
  const hours: HourCoverage[] = [];
  for (let hour = period.from; hour <= period.to; hour += hourMs) {
    const count = counts.get(hour);
    const skew = count?.skew;
    hours.push({
      hour,
      coveredMs: hourMs - uncovered(coverage, { from: hour, to: Math.min(period.to, hour + hourMs - 1) }),
      evidence: log.evidence,
      allocs: count?.allocs ?? 0,
      releases: count?.releases ?? 0,
      interims: count?.interims ?? 0,
      skew:
        skew === undefined || skew.records === 0
          ? undefined
          : { least: skew.least, most: skew.most, mean: skew.sum / skew.records },
    });
  }
  return hours;
};

const uncovered = ({ gaps }: CoverageOfLog, hour: { readonly from: number; readonly to: number }): number => {
  let missing = 0;
  let counted = hour.from;
  for (const gap of gaps(hour)) {
    const from = Math.max(gap.from, counted);
    const to = Math.min(gap.to, hour.to);
    if (to >= from) {
      missing += to - from + 1;
      counted = to + 1;
    }
  }
  return missing;
};
