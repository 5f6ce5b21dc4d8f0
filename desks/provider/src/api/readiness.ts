import { type Static, Type } from 'typebox';
import { asStated, count, dayText, text } from './shape.js';

const share = Type.Number({ minimum: 0, maximum: 1 });
const more = { additionalProperties: true } as const;

/** `Readiness` of @tutela/attribution: shares of 1, times in milliseconds UTC; numbers only. */
export const readinessOfExporter = Type.Object(
  {
    exporter: text,
    period: Type.Object({ from: Type.Number(), to: Type.Number() }),
    holdings: count,
    subscribers: count,
    addresses: count,
    customersPerAddress: Type.Object({ median: Type.Number(), most: count, counts: Type.Array(count) }),
    attributable: Type.Array(
      Type.Object(
        {
          port: Type.Enum(['given', 'missing']),
          clockErrorMs: count,
          exact: share,
          qualified: share,
          several: share,
          hours: Type.Array(Type.Object({ hour: Type.Number(), moments: count, exact: share })),
        },
        more,
      ),
    ),
    coverage: Type.Object(
      { share, hours: Type.Array(Type.Object({ hour: Type.Number(), coveredMs: Type.Number() }, more)) },
      more,
    ),
    bytesPerSubscriber: Type.Number(),
    options: Type.Array(
      Type.Object({
        technology: Type.Enum(['sessions-as-text', 'sessions', 'port-blocks', 'deterministic', 'map', 'ipv6']),
        bytesPerSubscriberDay: Type.Number(),
        asks: Type.Array(Type.Enum(['port', 'protocol'])),
        connections: Type.Enum(['logged', 'not-logged']),
        attributable: Type.Object({ withPort: Type.Optional(share), withoutPort: Type.Optional(share) }),
      }),
    ),
  },
  more,
);

/** `DayReadiness`: every exporter of public addresses of a day. */
export const readinessBody = Type.Object({
  day: dayText,
  exporters: Type.Array(Type.Object({ readiness: readinessOfExporter, role: asStated }, more)),
});

export type ExporterReadiness = Static<typeof readinessOfExporter>;
export type ReadinessBody = Static<typeof readinessBody>;
