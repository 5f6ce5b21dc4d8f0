import type { ReasonCode } from '../reason.js';
import type { EndKind, LeaseInterval, StartKind } from './interval.js';
import type { LogRecord } from './log-record.js';

/** Something held whose end was not seen yet. */
export interface Holding {
  readonly first: LogRecord;
  last: LogRecord;
  readonly startEarliest: number | undefined;
  readonly startLatest: number;
  readonly startKind: StartKind;
  lastSeen: number;
  expiry: number | undefined;
  /** When another was given the same, while this one was not seen to end. */
  supersededAt: number | undefined;
}

/** A holding from its allocation or snapshot. */
export const allocated = (record: LogRecord): Holding => {
  const start = record.event === 'snapshot' ? (record.tStart ?? record.tDevice) : record.tDevice;
  return {
    first: record,
    last: record,
    startEarliest: start,
    startLatest: start,
    startKind: 'observed',
    lastSeen: start,
    expiry: record.tExpiry,
    supersededAt: undefined,
  };
};

/** A holding whose allocation was lost, from a sign of life or from its end. `after`: the last time it was free. */
export const rebuilt = (record: LogRecord, after: number | undefined): Holding => {
  const named = record.tStart !== undefined && record.tStart <= record.tDevice ? record.tStart : undefined;
  const signOfLife = record.event === 'interim' || named !== undefined;
  return {
    first: record,
    last: record,
    startEarliest: named ?? (after !== undefined && after <= record.tDevice ? after : undefined),
    startLatest: named ?? record.tDevice,
    startKind: signOfLife ? 'inferred-interim' : 'unknown',
    lastSeen: record.tDevice,
    expiry: record.tExpiry,
    supersededAt: undefined,
  };
};

const endReasons: Readonly<Partial<Record<EndKind, ReasonCode>>> = {
  'inferred-nas-restart': 'END_INFERRED_NAS_RESTART',
  'inferred-lease-expiry': 'END_INFERRED_LEASE_EXPIRY',
  'inferred-interim': 'END_INFERRED_INTERIM',
  'inferred-next-alloc': 'END_INFERRED_INTERIM',
};

export interface HoldingEnd {
  readonly kind: EndKind;
  readonly earliest: number;
  readonly latest: number | undefined;
  readonly record: LogRecord | undefined;
}

export const closed = (holding: Holding, end: HoldingEnd): LeaseInterval => {
  const { first } = holding;
  const last = end.record ?? holding.last;
  const endEarliest = Math.max(end.earliest, holding.startLatest);
  return {
    exporter: first.exporter,
    natInstance: first.natInstance,
    kind: first.kind,
    proto: first.proto,
    inside: first.inside,
    outside: first.outside,
    dest: first.dest,
    startEarliest: holding.startEarliest,
    startLatest: holding.startLatest,
    startKind: holding.startKind,
    endEarliest,
    endLatest: end.latest === undefined ? undefined : Math.max(end.latest, endEarliest),
    endKind: end.kind,
    precisionMs: Math.max(first.precisionMs, last.precisionMs),
    subscriber: first.subscriber,
    qualifiers: qualifiersOf(holding, end, last),
    raw: { first: first.raw, last: last.raw },
    parser: first.parser,
  };
};

const none: readonly ReasonCode[] = [];

const qualifiersOf = (holding: Holding, end: HoldingEnd, last: LogRecord): readonly ReasonCode[] => {
  const start = holding.startKind === 'inferred-interim' ? 'START_INFERRED_INTERIM' : undefined;
  const endReason = endReasons[end.kind];
  const { qualifiers } = holding.first;
  if (start === undefined && endReason === undefined && qualifiers.length === 0 && last.qualifiers.length === 0)
    return none;
  const all = new Set<ReasonCode>([...qualifiers, ...last.qualifiers]);
  if (start !== undefined) all.add(start);
  if (endReason !== undefined) all.add(endReason);
  return [...all].sort();
};
