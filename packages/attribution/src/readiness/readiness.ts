import { statSync } from 'node:fs';
import { type Gap, openCoverage } from '../coverage/coverage.js';
import { type HourCoverage, hourlyCoverage } from '../coverage/hourly-coverage.js';
import type { SegmentReader } from '../segment/segment-reader.js';
import { type AttributableShare, attributableShares, type ShareSettings } from './attributable-share.js';
import { measuredLog } from './measured-log.js';
import { type RetentionAssumptions, type RetentionOption, retentionOptions } from './retention-options.js';

/**
 * What one day's log of one exporter could answer, and what else could: numbers for pages and plots, nobody in them.
 * Shares are of 1; times milliseconds UTC.
 */
export interface Readiness {
  readonly exporter: string;
  readonly period: { readonly from: number; readonly to: number };
  readonly segment: string;
  readonly holdings: number;
  readonly subscribers: number;
  readonly addresses: number;
  /** Distinct holders of an address in the period. `counts` is sorted, one for each address. */
  readonly customersPerAddress: { readonly median: number; readonly most: number; readonly counts: readonly number[] };
  readonly attributable: readonly AttributableShare[];
  readonly coverage: {
    readonly share: number;
    readonly hours: readonly HourCoverage[];
    readonly gaps: readonly Gap[];
  };
  /** Bytes of this segment for one of its subscribers. */
  readonly bytesPerSubscriber: number;
  readonly options: readonly RetentionOption[];
  /** What the options were reckoned with: of blocks or connections, what this log has. */
  readonly assumptions: RetentionAssumptions;
}

/** Computes the report of one segment whose period is whole hours. */
export const readinessOf = (
  segment: SegmentReader,
  settings: ShareSettings & { readonly assumptions: RetentionAssumptions },
): Readiness => {
  const { header, directory, sha256 } = segment;
  const { period, layout } = header;
  const coverage = openCoverage([header]);
  const hours = hourlyCoverage(header, period);
  const counts = [...directory.holdersOf].sort((one, other) => one - other);
  const { size } = statSync(segment.path);
  const attributable = attributableShares(segment, coverage, settings);
  const log = measuredLog(segment, attributable);
  const assumptions = { ...settings.assumptions, ...log.counted };
  return {
    exporter: header.exporter,
    period,
    segment: sha256,
    holdings: layout.records,
    subscribers: layout.holders,
    addresses: directory.keyCount,
    customersPerAddress: { median: counts[counts.length >> 1] ?? 0, most: counts.at(-1) ?? 0, counts },
    attributable,
    coverage: {
      share: hours.reduce((sum, hour) => sum + hour.coveredMs, 0) / (period.to - period.from + 1),
      hours,
      gaps: coverage.gaps(period),
    },
    bytesPerSubscriber: layout.holders === 0 ? 0 : size / layout.holders,
    options: retentionOptions(layout.records === 0 ? 0 : size / layout.records, assumptions, log),
    assumptions,
  };
};
