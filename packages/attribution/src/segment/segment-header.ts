import { canonicalJson, type JsonValue } from '@tutela/core';
import { z } from 'zod';
import { AttributionError } from '../attribution-error.js';
import { answerReasons, inputReasons } from '../reason.js';
import { coverageFactSchema } from './coverage-schema.js';
import type { HoldingMark } from './holding.js';

export const segmentFormat = 'tutela-segment/2';

const count = z.int().nonnegative();
const moment = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const markSchema = z.strictObject({
  certainty: z.enum(['certain', 'possible']),
  start: z.enum(['observed', 'inferred-interim', 'unknown']),
  end: z.enum([
    'observed',
    'inferred-next-alloc',
    'inferred-nas-restart',
    'inferred-lease-expiry',
    'inferred-interim',
    'not-logged',
    'open',
  ]),
  reach: z.enum(['inside', 'from-before', 'to-after', 'throughout']),
  precisionMs: count,
  qualifiers: z.array(z.enum([...answerReasons, ...inputReasons])).readonly(),
}) satisfies z.ZodType<HoldingMark>;

/** What the one who ingests a log states of it; the rest of the header is counted. */
const factsSchema = z.strictObject({
  exporter: z.string().min(1),
  /** Raw inputs the segment was made from. */
  inputs: z.array(z.strictObject({ sha256, bytes: count })).readonly(),
  /** `name@version` of each parser. */
  parsers: z.array(z.string()).readonly(),
  tzVersion: z.string(),
  /** Greatest error of the exporter's clock; it is asked for and never taken to be zero. */
  clockErrorMs: z.union([count, z.literal('unknown')]),
  /** Whether one external port may serve several customers at once towards different destinations (§3.3). */
  ports: z.enum(['one-holder', 'one-holder-per-destination']),
  /** Whether incoming connections leave a record, as blocks and static mappings do and sessions may not (§4.8). */
  inbound: z.enum(['logged', 'not-logged']),
  /** By what a loss would show: numbered messages, signs of life, or a way of arrival that loses nothing. */
  evidence: z.enum(['sequence', 'heartbeat', 'lossless', 'none']),
  /** Whether holdings that began before the period were carried into it, so that its first moment is known as well. */
  opening: z.enum(['carried', 'unknown']),
  /** For which times input was taken in. */
  received: z.array(z.strictObject({ from: moment, to: moment })).readonly(),
  coverage: z.array(coverageFactSchema).readonly(),
});

const headerSchema = z.strictObject({
  format: z.literal(segmentFormat),
  ...factsSchema.shape,
  keys: z.enum(['ipv4', 'ipv6', 'tag']),
  destinations: z.enum(['kept', 'discarded']),
  /** Milliseconds UTC; `to` is the last moment inside. */
  period: z.strictObject({ from: moment, to: moment }),
  marks: z.array(markSchema).max(256).readonly(),
  layout: z.strictObject({
    /** Times are `base + stored × unitMs`. */
    base: moment,
    unitMs: z.union([z.literal(1), z.literal(1000)]),
    /** Members of a record, one after another from its lowest bit: from, to, holder, mark, destination + 1. */
    timeBits: z.int().min(0).max(48),
    holderBits: z.int().min(0).max(31),
    markBits: z.int().min(0).max(8),
    destinationBits: z.int().min(0).max(31),
    records: count,
    directoryBytes: count,
    holders: count,
    destinations: count,
  }),
});

export type SegmentFacts = z.infer<typeof factsSchema>;
export type SegmentHeader = z.infer<typeof headerSchema>;
export type SegmentLayout = SegmentHeader['layout'];

/** Facts in one order, so that a segment's bytes do not tell in which order its inputs came. */
export const sortFacts = (facts: SegmentFacts): SegmentFacts => ({
  ...facts,
  inputs: sortDistinct(facts.inputs),
  parsers: sortDistinct(facts.parsers),
  received: sortDistinct(facts.received),
  coverage: sortDistinct(facts.coverage),
});

const sortDistinct = <Item>(items: readonly Item[]): Item[] =>
  [...new Map(items.map((item) => [canonicalJson(plain(item)), item])).entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, item]) => item);

/** Members that are `undefined` are left out: JSON has no such value. */
const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

export const encodeHeader = (header: SegmentHeader): Buffer => Buffer.from(canonicalJson(plain(header)));

/** @throws AttributionError `damaged-segment` */
export const decodeHeader = (bytes: Buffer): SegmentHeader => {
  try {
    return headerSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new AttributionError('damaged-segment', 'its header cannot be read', { cause });
  }
};

/** Where in a record its members begin, in bits, and how many bytes one has. */
export const recordPlaces = ({ timeBits, holderBits, markBits, destinationBits }: SegmentLayout) => {
  const holder = 2 * timeBits;
  const mark = holder + holderBits;
  const destination = mark + markBits;
  const bytes = Math.max(1, Math.ceil((destination + destinationBits) / 8));
  return { from: 0, to: timeBits, holder, mark, destination, bytes } as const;
};
