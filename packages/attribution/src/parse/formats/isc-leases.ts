import { parseIpv4 } from '../../observation/ipv4.js';
import { parseIpv6Prefix } from '../../observation/ipv6.js';
import { wallClock, wallDate } from '../../observation/wall-time.js';
import type { ReasonCode } from '../../reason.js';
import type { InsideKey, SubscriberParts } from '../../record/log-record.js';
import {
  asUtf8,
  type LineFault,
  type LineReader,
  type LineVerdict,
  type LogFormat,
  parserName,
} from '../line-reader.js';
import { epochStamp, insideIp4, insideIp6, makeRecord } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';

/**
 * ISC `dhcpd.leases`, IPv4 and IPv6 (§3.7): a snapshot rewritten from time to time, not a history. Each stanza says
 * one lease with its own start and end; times are UTC, or `epoch N` with `db-time-format local`.
 */
export const iscLeases: LogFormat = {
  name: 'isc-leases',
  version: '1',
  stanza: {
    step: (line, depth) => {
      const text = line.trim();
      const next = text.endsWith('{') ? depth + 1 : text === '}' ? depth - 1 : depth;
      if (depth === 0) return next > 0 ? { step: 'inside', depth: next } : { step: 'alone', depth: 0 };
      // A lease that begins inside another shows that the end of the first is lost.
      if (depth > 0 && /^(?:lease|ia-|ia_)/.test(line)) return { step: 'before', depth: 0 };
      return next <= 0 ? { step: 'closes', depth: 0 } : { step: 'inside', depth: next };
    },
  },
  open: (declaration) => openReader(declaration, parserName(iscLeases)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => ({
  state: () => null,
  read: (text, context): LineVerdict => {
    const trimmed = text.trim();
    if (trimmed === '') return 'blank';
    if (trimmed.startsWith('#')) return 'comment';
    const lines = trimmed.split('\n').map((line) => line.trim());
    const first = lines[0]!;
    if (lines.length === 1) return /^[a-z-]+ [^{}]*;$/.test(first) ? 'other-message' : 'MALFORMED';
    if (lines.at(-1) !== '}') return 'TRUNCATED';
    const leases = first.startsWith('lease ') ? readLease(lines) : readAssociation(lines);
    if (typeof leases === 'string') return leases;
    for (const { inside, kind, starts, ends, subscriber } of leases) {
      context.emit(
        makeRecord(parser, declaration.exporter, declaration, epochStamp(starts, 1000), context, {
          kind,
          event: 'snapshot',
          proto: '*',
          inside,
          outside: undefined,
          tStart: starts,
          tExpiry: ends,
          subscriber,
          qualifiers: leaseExpiry,
        }),
      );
    }
    return leases.length === 0 ? 'no-holder' : 'recorded';
  },
});
const leaseExpiry: readonly ReasonCode[] = ['END_INFERRED_LEASE_EXPIRY'];

interface Lease {
  readonly kind: 'lease' | 'pd';
  readonly inside: InsideKey;
  readonly starts: number;
  readonly ends: number | undefined;
  readonly subscriber: SubscriberParts;
}
type Read<T> = T | LineFault;

/** `lease ADDRESS { statements }` */
const readLease = (lines: readonly string[]): Read<readonly Lease[]> => {
  const address = /^lease (\S+) \{$/.exec(lines[0]!)?.[1];
  const ip4 = parseIpv4(address ?? '');
  if (ip4 === undefined) return 'ADDRESS_MALFORMED';
  const statements = readStatements(lines.slice(1, -1));
  if (statements === undefined) return 'MALFORMED';
  const starts = readTime(statements.get('starts') ?? '');
  const ends = readTime(statements.get('ends') ?? '');
  if (typeof starts !== 'number' || ends === undefined) return 'TIME_MALFORMED';
  const subscriber: SubscriberParts = {
    ...part('hardware', statements.get('hardware')),
    ...part('clientId', unquote(statements.get('uid'))),
    ...part('circuitId', unquote(statements.get('option agent.circuit-id'))),
    ...part('remoteId', unquote(statements.get('option agent.remote-id'))),
  };
  if (Object.keys(subscriber).length === 0 || statements.get('binding') === 'state abandoned') return [];
  if (typeof ends === 'number' && ends < starts) return 'TIME_MALFORMED';
  return [{ kind: 'lease', inside: insideIp4(ip4), starts, ends: ends === 'never' ? undefined : ends, subscriber }];
};

/** `ia-pd "IAID_DUID" { cltt …; iaprefix PREFIX { statements } … }`, and `ia-na` with `iaaddr`. */
const readAssociation = (lines: readonly string[]): Read<readonly Lease[]> => {
  const head = /^ia[-_](pd|na|ta) "(.*)" \{$/.exec(lines[0]!);
  if (head === null) return 'MALFORMED';
  const identity = escapedHex(head[2]!);
  if (identity.length <= 8) return 'FIELD_MISSING';
  const subscriber = { iaid: identity.slice(0, 8), duid: identity.slice(8) };
  const leases: Lease[] = [];
  for (let at = 1; at < lines.length - 1; at++) {
    const opens = /^(?:iaprefix|iaaddr) (\S+) \{$/.exec(lines[at]!);
    if (opens === null) continue;
    const close = lines.indexOf('}', at);
    const statements = readStatements(lines.slice(at + 1, close));
    const prefix = parseIpv6Prefix(opens[1]!);
    if (statements === undefined) return 'MALFORMED';
    if (prefix === undefined) return 'ADDRESS_MALFORMED';
    const ends = readTime(statements.get('ends') ?? '');
    const life = statements.get('max-life') ?? '';
    if (ends === undefined || ends === 'never' || !/^\d{1,10}$/.test(life)) return 'TIME_MALFORMED';
    const starts = ends - Number(life) * 1000;
    leases.push({ kind: head[1] === 'pd' ? 'pd' : 'lease', inside: insideIp6(prefix), starts, ends, subscriber });
    at = close;
  }
  return leases;
};

/** `name value;` by name; a two-word name where the first word is `option` or `set`. */
const readStatements = (lines: readonly string[]): ReadonlyMap<string, string> | undefined => {
  const statements = new Map<string, string>();
  for (const line of lines) {
    const text = line.replace(/; *#.*$/, ';');
    if (!text.endsWith(';')) return undefined;
    const parts = /^((?:option |set )?[^ ]+) ?(.*);$/.exec(text);
    if (parts === null) return undefined;
    if (!statements.has(parts[1]!)) statements.set(parts[1]!, parts[2]!);
  }
  return statements;
};

/** `1 2026/03/02 18:04:05` in UTC (the weekday first), `epoch N`, or `never`. */
const readTime = (text: string): number | 'never' | undefined => {
  if (text === 'never') return 'never';
  const epoch = /^epoch (\d{1,11})$/.exec(text)?.[1];
  if (epoch !== undefined) return Number(epoch) * 1000;
  const parts = /^[0-6] (\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  const date = wallDate(year, month, day);
  const time = wallClock(hour, minute, second, 0);
  return date === undefined || time === undefined ? undefined : date + time;
};

const unquote = (text: string | undefined): string | undefined => text?.replace(/^"(.*)"$/, '$1');

/** Bytes written as text with `\ooo` octal and `\c` escapes, as hexadecimal. */
const escapedHex = (text: string): string =>
  [...text.matchAll(/\\([0-7]{3})|\\(.)|(.)/gs)]
    .map(([, octal, escaped, plain]) =>
      octal === undefined ? (escaped ?? plain)!.charCodeAt(0) : Number.parseInt(octal, 8),
    )
    .map((byte) => (byte & 255).toString(16).padStart(2, '0'))
    .join('');

const part = <Name extends string>(name: Name, value: string | undefined): { readonly [K in Name]?: string } =>
  value === undefined || value === '' ? {} : ({ [name]: asUtf8(value) } as { readonly [K in Name]?: string });
