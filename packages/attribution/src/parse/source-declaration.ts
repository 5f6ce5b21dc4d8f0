import { z } from 'zod';
import { openZone } from '../observation/zone.js';

const zone = z.string().refine((name) => openZone(name) !== undefined, 'not a full zone name or numeric offset');

/** What stamps without a year take theirs from; every such record is qualified as `YEAR_INFERRED`. */
const yearBasis = z.discriminatedUnion('kind', [
  /** They are rejected. */
  z.object({ kind: z.literal('none') }),
  /** All lines are of this year. */
  z.object({ kind: z.literal('stated'), year: z.int().min(1970).max(9999) }),
  /** The file was closed then (ms UTC) and covers less than a year: the latest such moment not a day after it. */
  z.object({ kind: z.literal('closed-at'), at: z.int().min(0) }),
]);

export const sourceDeclarationSchema = z
  .object({
    /** The device the log comes from; a segment belongs to one. */
    exporter: z.string().min(1).max(200),
    /** `line`: the host in each line is the exporter, and `exporter` stands in where a line names none. */
    exporterFrom: z.enum(['declaration', 'line']),
    /** Stands in where a line names none. */
    natInstance: z.string().max(200),
    /** Of stamps without one: full zone name or numeric offset; `undefined` rejects them. */
    zone: zone.optional(),
    year: yearBasis,
    /** What this source's zone abbreviations mean. */
    abbreviations: z.record(z.string(), zone),
    /** `12`: a stamp must say AM or PM. */
    hours: z.union([z.literal(12), z.literal(24)]),
    /** `every-message`: all numbered messages of the device are in the input, so that a missing number is a gap. */
    sequence: z.enum(['every-message', 'some-messages']),
  })
  .readonly();

/** What an operator states about a log that its lines do not say. Nothing here has a default. */
export type SourceDeclaration = z.infer<typeof sourceDeclarationSchema>;
export type YearBasis = z.infer<typeof yearBasis>;
