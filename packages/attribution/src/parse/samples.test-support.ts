import { readdirSync, readFileSync } from 'node:fs';
import type { Reason } from '@tutela/core';
import { formatIpv4 } from '../observation/ipv4.js';
import { formatIpv6Prefix } from '../observation/ipv6.js';
import type { CoverageFact } from '../record/coverage-fact.js';
import type { LogRecord } from '../record/log-record.js';
import { isLogRecord, type LogFormat, type LogItem } from './line-reader.js';
import { logFormats } from './log-formats.js';
import type { RejectedLine, ResumePoint } from './log-reader.js';
import { emptyTally, type LogTally } from './log-tally.js';
import { loadShippedPattern, shippedPatterns } from './pattern/shipped-patterns.js';
import { readLog } from './read-log.js';
import type { SourceDeclaration } from './source-declaration.js';

const folder = new URL('../../vectors/samples/', import.meta.url);

/** A source that keeps UTC and whose stamps without a year are of 2026. */
export const inUtc: SourceDeclaration = {
  exporter: 'cgn1',
  exporterFrom: 'declaration',
  natInstance: 'a',
  zone: 'UTC',
  year: { kind: 'stated', year: 2026 },
  abbreviations: {},
  hours: 24,
  sequence: 'every-message',
};

/** Every format with its sample log. */
export const samples = async (): Promise<readonly { readonly format: LogFormat; readonly bytes: Buffer }[]> => {
  const shipped = await Promise.all(shippedPatterns.map(loadShippedPattern));
  const formats = [...logFormats.values(), ...shipped];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((name) => {
      const format = formats.find((each) => `${each.name}.log` === name);
      if (format === undefined) throw new Error(`no format for ${name}`);
      return { format, bytes: readFileSync(new URL(name, folder)) };
    });
};

export interface WholeLog {
  readonly items: readonly LogItem[];
  readonly records: readonly LogRecord[];
  readonly facts: readonly CoverageFact[];
  readonly rejects: readonly RejectedLine[];
  readonly tally: LogTally;
  readonly resume: readonly ResumePoint[];
  readonly refusal: Reason | undefined;
}

/** A whole log read in pieces of `size` bytes. */
export const readAll = async (
  format: LogFormat,
  bytes: Uint8Array,
  {
    declaration = inUtc,
    size = 65_536,
    resume,
  }: { declaration?: SourceDeclaration; size?: number; resume?: ResumePoint } = {},
): Promise<WholeLog> => {
  const items: LogItem[] = [];
  const rejects: RejectedLine[] = [];
  const points: ResumePoint[] = [];
  let tally = emptyTally;
  let refusal: Reason | undefined;
  for await (const batch of readLog(pieces(bytes, size), {
    format,
    declaration,
    ...(resume === undefined ? {} : { resume }),
  })) {
    items.push(...batch.items);
    rejects.push(...batch.rejects);
    points.push(batch.resume);
    tally = batch.tally;
    refusal = batch.refusal ?? refusal;
  }
  const records = items.filter(isLogRecord);
  const facts = items.filter((item): item is CoverageFact => !isLogRecord(item));
  return { items, records, facts, rejects, tally, resume: points, refusal };
};

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** A record in a line: `block alloc * 100.64.7.21 203.0.113.9:20480-20991 2026-03-02T18:04:00.000Z`. */
export const lineOf = (record: LogRecord): string => {
  const { inside, outside, dest } = record;
  const prefix = inside.ip6 === undefined ? undefined : formatIpv6Prefix(inside.ip6);
  const tunnel = inside.tunnel === undefined ? '' : `via ${formatIpv6Prefix(inside.tunnel)}`;
  return [
    `${record.kind} ${record.event} ${record.proto}`,
    [inside.ip4 === undefined ? undefined : formatIpv4(inside.ip4), prefix]
      .filter((text) => text !== undefined)
      .join(' '),
    tunnel,
    inside.vrf === undefined ? '' : `vrf ${inside.vrf}`,
    outside === undefined ? '' : `${formatIpv4(outside.ip4)}:${outside.portFirst}-${outside.portLast}`,
    dest?.ip4 === undefined ? '' : `to ${formatIpv4(dest.ip4)}:${dest.port}`,
    `at ${new Date(record.tDevice).toISOString()} ${record.tzSource}`,
    record.tStart === undefined ? '' : `since ${new Date(record.tStart).toISOString()}`,
    record.tExpiry === undefined ? '' : `until ${new Date(record.tExpiry).toISOString()}`,
    record.subscriber === undefined
      ? ''
      : `by ${Object.entries(record.subscriber)
          .map(([name, value]) => `${name}=${value}`)
          .join(' ')}`,
    record.qualifiers.join(' '),
  ]
    .filter((text) => text !== '')
    .join(' ');
};
