import { z } from 'zod';
import type { CoverageFact } from '../record/coverage-fact.js';

const moment = z.int().nonnegative();
const count = z.int().nonnegative();
const exporter = z.string();
const natInstance = z.string();
const span = { exporter, from: moment, to: moment };

/** Coverage facts as a segment's header keeps them; a restart of a whole device leaves `natInstance` out. */
export const coverageFactSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sequence-gap'), ...span, missing: count }),
  z.strictObject({ kind: z.literal('heartbeat-missing'), ...span, natInstance, everyMs: count }),
  z
    .strictObject({
      kind: z.literal('restart'),
      exporter,
      natInstance: natInstance.optional(),
      at: moment,
      cause: z.enum(['accounting-on', 'accounting-off', 'sequence-reset', 'device-restart']),
    })
    .transform((restart) => ({ ...restart, natInstance: restart.natInstance })),
  z.strictObject({ kind: z.literal('exhaustion'), exporter, natInstance, at: moment }),
  z.strictObject({ kind: z.literal('unreadable-lines'), ...span, lines: count }),
  z
    .strictObject({
      kind: z.literal('pairing-fault'),
      exporter,
      natInstance,
      since: moment.optional(),
      fault: z.enum(['alloc-over-open', 'release-without-alloc', 'interim-without-alloc', 'alloc-without-release']),
      at: moment,
    })
    .transform((fault) => ({ ...fault, since: fault.since })),
  z.strictObject({
    kind: z.literal('hourly-count'),
    exporter,
    hour: moment,
    allocs: count,
    releases: count,
    interims: count,
    snapshots: count,
    skew: z.strictObject({ records: count, least: z.number(), most: z.number(), sum: z.number() }),
  }),
]) satisfies z.ZodType<CoverageFact>;
