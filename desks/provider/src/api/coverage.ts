import { type Static, Type } from 'typebox';
import { count, dayText, instant, text } from './shape.js';

export const coverageDaysQuery = Type.Object({
  /** The last day. Default: the newest of which anything is kept. */
  to: Type.Optional(dayText),
  days: Type.Integer({ minimum: 1, maximum: 92, default: 31 }),
});
/** Days that are kept; a day that is not here is missing. */
export const coverageDaysBody = Type.Object({
  from: dayText,
  to: dayText,
  exporters: Type.Array(
    Type.Object({
      exporter: text,
      days: Type.Array(Type.Object({ day: dayText, coveredShare: Type.Number(), gaps: count, records: count })),
    }),
  ),
});

export const exporterGaps = Type.Object({
  exporter: text,
  /** `none`: this log would not show what it lost. */
  evidence: Type.Enum(['shown', 'none']),
  gaps: Type.Array(
    Type.Object({
      from: instant,
      to: instant,
      cause: Type.Enum([
        'not-received',
        'sequence-gap',
        'heartbeat-missing',
        'restart',
        'unreadable-lines',
        'unexplained-pairing-fault',
      ]),
    }),
  ),
});
export const dayGapsBody = Type.Object({ day: dayText, exporters: Type.Array(exporterGaps) });

export type CoverageDaysBody = Static<typeof coverageDaysBody>;
export type ExporterGaps = Static<typeof exporterGaps>;
export type DayGapsBody = Static<typeof dayGapsBody>;
