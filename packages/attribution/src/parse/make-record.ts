import type { Ipv6Prefix } from '../observation/ip-address.js';
import type { ReasonCode } from '../reason.js';
import type { DestinationKey, InsideKey, LogRecord, OutsideRange } from '../record/log-record.js';
import type { DeviceClock } from './device-time.js';
import type { LineContext } from './line-reader.js';
import type { SourceDeclaration } from './source-declaration.js';

/** The members that differ from line to line; the rest is `undefined` unless given. */
export type RecordParts = Pick<LogRecord, 'kind' | 'event' | 'proto' | 'inside' | 'outside'> &
  Partial<Pick<LogRecord, 'dest' | 'tReceived' | 'tStart' | 'tExpiry' | 'subscriber' | 'qualifiers' | 'natInstance'>>;

export interface Stamp {
  readonly at: number;
  readonly precisionMs: number;
  readonly source: LogRecord['tzSource'];
  readonly qualifiers: readonly ReasonCode[];
}

/** One literal for all formats, so that every record has one shape. */
export const makeRecord = (
  parser: string,
  exporter: string,
  declaration: SourceDeclaration,
  stamp: Stamp,
  context: LineContext,
  parts: RecordParts,
): LogRecord => ({
  exporter,
  natInstance: parts.natInstance ?? declaration.natInstance,
  kind: parts.kind,
  event: parts.event,
  proto: parts.proto,
  inside: parts.inside,
  outside: parts.outside,
  dest: parts.dest,
  tDevice: stamp.at,
  tReceived: parts.tReceived,
  tzSource: stamp.source,
  precisionMs: stamp.precisionMs,
  tStart: parts.tStart,
  tExpiry: parts.tExpiry,
  subscriber: parts.subscriber,
  qualifiers: parts.qualifiers ?? stamp.qualifiers,
  raw: context.place,
  parser,
});

export const stampOf = ({ at, precisionMs, source, qualifiers }: DeviceClock): Stamp => ({
  at,
  precisionMs,
  source,
  qualifiers,
});

const none: readonly ReasonCode[] = [];
/** A moment as seconds or milliseconds since 1970. */
export const epochStamp = (at: number, precisionMs: number): Stamp => ({
  at,
  precisionMs,
  source: 'epoch',
  qualifiers: none,
});

export const insideIp4 = (ip4: number, vrf?: string): InsideKey => ({ ip4, ip6: undefined, vrf, tunnel: undefined });
export const insideIp6 = (ip6: Ipv6Prefix): InsideKey => ({ ip4: undefined, ip6, vrf: undefined, tunnel: undefined });
export const ports = (ip4: number, portFirst: number, portLast: number): OutsideRange => ({
  ip4,
  portFirst,
  portLast,
  prefix: undefined,
});
export const destination = (ip4: number, port: number): DestinationKey => ({ ip4, ip6: undefined, port });

export const exporterOf = (declaration: SourceDeclaration, host: string | undefined): string =>
  declaration.exporterFrom === 'line' && host !== undefined && host !== '' ? host : declaration.exporter;
