import {
  type AttributionPlan,
  type LogFormat,
  logFormats,
  type OpaqueTag,
  openOpaqueTags,
  type SegmentReader,
  type SourceDeclaration,
  segmentSource,
} from '@tutela/attribution';
import { type Carrier, ciscoSessionLog, insideOf, junosBlockLog, type LogFaults } from '@tutela/testkit';
import { type IngestedLog, ingestLog } from './ingest-log.js';
import { type KnownTruth, knownTruth, overlapKey, type TrueHold } from './known-truth.js';
import { dayMs, pool } from './parameters.js';

/** A provider whose log was read, beside what truly happened. */
export interface ProviderLog {
  readonly carrier: Carrier;
  readonly ingested: IngestedLog;
  readonly segments: readonly SegmentReader[];
  readonly plan: AttributionPlan;
  readonly truth: KnownTruth;
  readonly tagOf: (hold: TrueHold) => OpaqueTag;
  readonly close: () => void;
}

export interface ProviderDeps {
  readonly signal: AbortSignal;
  readonly onProgress: (records: number) => void;
}

export interface ProviderInput {
  readonly carrier: Carrier;
  readonly kind: 'junos-blocks' | 'cisco-sessions';
  readonly faults: LogFaults;
  readonly clockErrorMs: number;
  readonly folder: string;
  readonly records: 'resident' | 'on-disk';
}

const tags = openOpaqueTags(new Uint8Array(32).fill(1));
const host = 'cgn1';
const declaration: SourceDeclaration = {
  exporter: host,
  exporterFrom: 'declaration',
  natInstance: 'a',
  zone: 'UTC',
  year: { kind: 'stated', year: 2026 },
  abbreviations: {},
  hours: 24,
  sequence: 'every-message',
};

/** Writes the log of a carrier as its device would, reads it as the provider desk does, and keeps the truth beside it. */
export const openProviderLog = async (deps: ProviderDeps, input: ProviderInput): Promise<ProviderLog> => {
  const { carrier, kind, clockErrorMs, folder, records } = input;
  const { fromMs, toMs } = carrier.process;
  // The device starts with the log: nothing is held before.
  const faults: LogFaults = { ...input.faults, resets: [fromMs, ...input.faults.resets] };
  const overlaps = new Map<string, number>();
  const options = {
    host,
    interimMs: 0,
    faults,
    onOverlap: (slot: number, { start }: { readonly start: number }, second: number): void =>
      void overlaps.set(overlapKey(slot, start), second),
  };
  const byInside = new Map<number, OpaqueTag>();
  const tagOfInside = (ip4: number): OpaqueTag => {
    let tag = byInside.get(ip4);
    if (tag === undefined) {
      tag = tags.inside('access', { ip4, ip6: undefined, vrf: undefined, tunnel: undefined });
      byInside.set(ip4, tag);
    }
    return tag;
  };
  const ingested = await ingestLog({
    log: kind === 'junos-blocks' ? junosBlockLog(carrier, options) : ciscoSessionLog(carrier, { ...options, proto: 6 }),
    format: formatOf(kind),
    declaration,
    from: fromMs,
    days: Math.round((toMs - fromMs) / dayMs),
    clockErrorMs,
    holderOf: ({ inside }) => (inside.ip4 === undefined ? undefined : tagOfInside(inside.ip4)),
    folder,
    records,
    ...deps,
  });
  const { segments } = ingested;
  return {
    carrier,
    ingested,
    segments,
    plan: { outside: [segmentSource({ name: host, segments, pools: [pool], tags })], steps: [] },
    truth: knownTruth(carrier, faults, overlaps),
    tagOf: ({ slot, customer }) => tagOfInside(insideOf(carrier, slot, customer)),
    close: () => {
      for (const segment of segments) segment.close();
    },
  };
};

const formatOf = (kind: ProviderInput['kind']): LogFormat =>
  logFormats.get(kind === 'junos-blocks' ? 'junos-spc3' : 'cisco-ios-xe')!;
