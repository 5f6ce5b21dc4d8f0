import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { HolderSource } from '../look-up/holder-source.js';
import { segmentSource } from '../look-up/segment-source.js';
import { ipv4Address } from '../observation/ipv4.js';
import type { Observation } from '../observation/observation.js';
import type { Holding, KeyKind, OpaqueTag } from '../segment/holding.js';
import { openOpaqueTags } from '../segment/opaque-tags.js';
import { openSegmentBuilder } from '../segment/segment-builder.js';
import type { SegmentFacts } from '../segment/segment-header.js';
import { openSegment } from '../segment/segment-reader.js';
import { day, dayStart, plainFacts, plainMark, tag } from '../segment/synthetic-holdings.test-support.js';
import type { DisclosureOrder } from './order.js';

/** 203.0.113.0/24, RFC 5737. */
export const pool = { version: 4, value: 0xcb007100, length: 24 } as const;
export const tags = openOpaqueTags(new Uint8Array(32).fill(7));
export const noon = dayStart + 12 * 3_600_000;
export const minute = 60_000;

const folder = mkdtempSync(path.join(tmpdir(), 'tutela-answer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let built = 0;

export const writeTestSegment = (
  holdings: readonly Holding[],
  facts: Partial<SegmentFacts> = {},
  { keys = 'ipv4', period = day }: { readonly keys?: KeyKind; readonly period?: typeof day } = {},
) => {
  const name = path.join(folder, String(built++));
  const builder = openSegmentBuilder({
    work: `${name}.work`,
    target: `${name}.seg`,
    keys,
    destinations: 'kept',
    period,
  });
  for (const holding of holdings) builder.add(holding);
  return builder.finish({ ...plainFacts, ...facts });
};

/** A log of one day: its holdings name their holder by number. */
export const logOf = (
  holdings: readonly Holding[],
  facts: Partial<SegmentFacts> = {},
  keys: KeyKind = 'ipv4',
): HolderSource => {
  const { path: file } = writeTestSegment(holdings, facts, { keys });
  return segmentSource({ name: 'cgn1', segments: [openSegment(file)], pools: [pool], tags });
};

/** 256 ports from 1024 of 203.0.113.9, for any protocol, from and to in minutes around noon. */
export const block = (holder: number, from: number, to: number, more: Partial<Holding> = {}): Holding => ({
  key: { kind: 'ipv4', value: pool.value + 9 },
  proto: '*',
  portFirst: 1024,
  portLast: 1279,
  from: noon + from * minute,
  to: noon + to * minute,
  holder: tag(holder),
  destination: undefined,
  mark: plainMark,
  ...more,
});

export const subscriber = (number: number): OpaqueTag => tag(number);

/** 203.0.113.9:1100/TCP at noon by an exact clock. */
export const observed = (more: Partial<Observation> = {}): Observation => {
  const moment = {
    at: noon,
    precisionMs: 1,
    provenance: { text: '2026-03-02T12:00:00.000Z', source: 'utc', zone: 'UTC', tzVersion: '2025b' },
  } as const;
  return {
    ip: ipv4Address(pool.value + 9),
    port: 1100,
    proto: 6,
    dest: undefined,
    from: moment,
    to: moment,
    clock: { errorMs: 1000, syncedTo: 'ntp', offsetMs: 0 },
    role: 'connection-source',
    contact: undefined,
    sourceDocument: 'cd'.repeat(32),
    entry: 'electronic',
    qualifiers: [],
    ...more,
  };
};

export const order: DisclosureOrder = {
  id: 'order-1',
  sha256: 'ef'.repeat(32),
  purpose: 'investigation',
  scope: [{ addresses: pool, from: day.from, to: day.to }],
  maxCandidates: 1,
  disclose: 'handle',
  qualified: 'disclosed',
  expires: day.to,
};
