import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';
import { count, dayText, instant, nullable, text } from './shape.js';

export const sourcesBody = Type.Object({
  sources: Type.Array(
    Type.Object({
      exporter: text,
      format: text,
      role: text,
      nat: nullable(text),
      pools: Type.Array(text),
      zone: nullable(text),
      clockErrorSeconds: Type.Union([Type.Number(), Type.Literal('unknown')]),
      evidence: text,
      retentionDays: Type.Number(),
    }),
  ),
});
export const segmentBody = Type.Object({
  sha256: text,
  exporter: text,
  day: text,
  records: count,
  bytes: count,
  /** Of the day, 0 to 1. */
  coveredShare: Type.Number(),
  gaps: count,
  retainUntil: instant,
  deletedAt: nullable(instant),
  certificate: nullable(text),
});
/** All that were ever written, newest day first. */
export const segmentsBody = windowBody(segmentBody);
export const segmentsQuery = Type.Object({ ...windowQuery, exporter: Type.Optional(text) });

/** What is kept, by exporter: from when to when, and the days on which its log has gaps or is missing. */
export const coverageBody = Type.Object({
  exporters: Type.Array(
    Type.Object({
      exporter: text,
      firstDay: text,
      lastDay: text,
      days: count,
      records: count,
      bytes: count,
      /** Days between the first and the last of which nothing is kept. */
      missingDays: count,
      daysWithGaps: Type.Array(Type.Object({ day: text, gaps: count, coveredShare: Type.Number() })),
      nextExpiry: instant,
    }),
  ),
});
export const rulesBody = Type.Object({
  rules: Type.Array(
    Type.Object({
      ruleId: text,
      natInstance: text,
      kind: text,
      from: instant,
      to: nullable(instant),
      vectors: count,
      enabledAt: nullable(instant),
    }),
  ),
});
export const dayParams = Type.Object({ day: dayText });
export type SourcesBody = Static<typeof sourcesBody>;
export type SegmentsBody = Static<typeof segmentsBody>;
export type CoverageBody = Static<typeof coverageBody>;
export type RulesBody = Static<typeof rulesBody>;
