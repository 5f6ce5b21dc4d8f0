import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { listSegments } from '../queries/segments.js';
import type { SegmentTable } from '../schema.js';

const dayMs = 86_400_000;

export interface SegmentLine {
  readonly sha256: string;
  readonly exporter: string;
  readonly day: string;
  readonly records: number;
  readonly bytes: number;
  readonly coveredShare: number;
  readonly gaps: number;
  readonly retainUntil: UtcInstant;
  readonly deletedAt: UtcInstant | null;
  readonly certificate: string | null;
}

/** What is kept and what went, by day. */
export const segmentsShown = async (db: Db): Promise<readonly SegmentLine[]> =>
  (await listSegments(db)).map(segmentLine);

export const segmentLine = (segment: SegmentTable): SegmentLine => ({
  sha256: segment.sha256,
  exporter: segment.exporter,
  day: segment.day,
  records: segment.records,
  bytes: segment.bytes,
  coveredShare: segment.covered_ms / dayMs,
  gaps: segment.gaps,
  retainUntil: segment.retain_until,
  deletedAt: segment.deleted_at,
  certificate: segment.certificate,
});
