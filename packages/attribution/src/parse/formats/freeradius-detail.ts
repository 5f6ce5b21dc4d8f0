import { parseIpv4 } from '../../observation/ipv4.js';
import type { ReasonCode } from '../../reason.js';
import type { LogRecord, RecordEvent } from '../../record/log-record.js';
import { type DeviceClock, deviceClock } from '../device-time.js';
import {
  asUtf8,
  type LineContext,
  type LineFault,
  type LineReader,
  type LineVerdict,
  type LogFormat,
  parserName,
} from '../line-reader.js';
import { epochStamp, insideIp4, makeRecord, ports, type Stamp, stampOf } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { radiusRecords } from './radius-event.js';

type Attributes = ReadonlyMap<string, string>;

/**
 * FreeRADIUS detail files (§3.6): one stanza an accounting request, ended by an empty line. The header's time is the
 * server's and is ignored. A request without `Event-Timestamp` has only its time of receipt less `Acct-Delay-Time`.
 * Port ranges are those of RFC 8045; a deallocation without a range ends all of the customer's.
 */
export const freeRadiusDetail: LogFormat = {
  name: 'freeradius-detail',
  version: '1',
  stanza: {
    step: (line, depth) => {
      const indented = line.startsWith('\t') || line.startsWith(' ');
      if (depth === 0) return line === '' || indented ? { step: 'alone', depth: 0 } : { step: 'inside', depth: 1 };
      if (line === '') return { step: 'closes', depth: 0 };
      return indented ? { step: 'inside', depth: 1 } : { step: 'before', depth: 0 };
    },
  },
  open: (declaration) => openReader(declaration, parserName(freeRadiusDetail)),
};

const sessionEvents: Readonly<Record<string, RecordEvent>> = {
  Start: 'alloc',
  Stop: 'release',
  'Interim-Update': 'interim',
  Alive: 'interim',
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);

  const read = (text: string, context: LineContext): LineVerdict => {
    if (text === '') return 'blank';
    const attributes = readAttributes(text);
    if (attributes === undefined) return 'MALFORMED';
    const status = attributes.get('Acct-Status-Type') ?? '';
    const stamp = readStamp(attributes, clock);
    const nas =
      attributes.get('NAS-IP-Address') ?? attributes.get('NAS-IPv6-Address') ?? attributes.get('NAS-Identifier');
    if (status === '') return 'FIELD_MISSING';
    if (stamp === undefined) return clock.fault;
    if (nas === undefined) return 'FIELD_MISSING';
    if (status === 'Accounting-On' || status === 'Accounting-Off') {
      const cause = status === 'Accounting-On' ? 'accounting-on' : 'accounting-off';
      context.emit({ kind: 'restart', exporter: declaration.exporter, natInstance: nas, at: stamp.at, cause });
      return 'recorded';
    }
    const event = Object.hasOwn(sessionEvents, status) ? sessionEvents[status] : undefined;
    if (event === undefined) return 'EVENT_UNKNOWN';
    const records = readRecords(attributes, event, stamp, nas, context);
    if (typeof records === 'string') return records;
    if (records.length === 0) return 'no-holder';
    for (const record of records) context.emit(record);
    return 'recorded';
  };

  const readRecords = (
    attributes: Attributes,
    event: RecordEvent,
    stamp: Stamp,
    nas: string,
    context: LineContext,
  ): readonly LogRecord[] | LineFault => {
    const sessionId = attributes.get('Acct-Session-Id');
    if (sessionId === undefined) return 'FIELD_MISSING';
    const subscriber = {
      ...named('account', attributes.get('User-Name')),
      ...named('callingStation', attributes.get('Calling-Station-Id')),
      ...named('nasPort', attributes.get('NAS-Port-Id')),
      nas,
      sessionId: attributes.get('Acct-Unique-Session-Id') ?? sessionId,
    };
    const duration = attributes.get('Acct-Session-Time');
    const tStart =
      event !== 'alloc' && duration !== undefined && /^\d{1,9}$/.test(duration)
        ? stamp.at - Number(duration) * 1000
        : undefined;
    const grants = {
      framedIp: attributes.get('Framed-IP-Address') ?? '',
      framedIp6: [attributes.get('Framed-IPv6-Prefix'), attributes.get('Framed-IPv6-Address')].filter(
        (text) => text !== undefined,
      ),
      delegated: attributes.get('Delegated-IPv6-Prefix') ?? '',
    };
    const accounting = { event, stamp, tStart, qualifiers: stamp.qualifiers, nas, subscriber };
    const held = radiusRecords(parser, declaration, grants, accounting, context);
    if (typeof held === 'string') return held;
    const allocation = attributes.get('IP-Port-Range-Alloc');
    if (allocation === undefined) return held;
    const block = readPortRange(attributes, allocation);
    if (typeof block === 'string') return block;
    const inside = parseIpv4(grants.framedIp);
    if (inside === undefined) return 'FIELD_MISSING';
    const parts = {
      ...block,
      kind: 'block',
      proto: '*',
      inside: insideIp4(inside),
      natInstance: nas,
      subscriber,
    } as const;
    return [...held, makeRecord(parser, declaration.exporter, declaration, stamp, context, parts)];
  };
  return { read, state: () => null };
};

const readStamp = (attributes: Attributes, clock: DeviceClock): Stamp | undefined => {
  const event = attributes.get('Event-Timestamp');
  clock.fault = 'FIELD_MISSING';
  if (event !== undefined) {
    if (/^[1-9]\d{8,10}$/.test(event)) return epochStamp(Number(event) * 1000, 1000);
    const end = clock.read(event, 0, 'may-follow');
    if (end === event.length) return stampOf(clock);
    if (end >= 0) clock.fault = 'TIME_MALFORMED';
    return undefined;
  }
  const received = attributes.get('Timestamp');
  const delay = attributes.get('Acct-Delay-Time') ?? '0';
  if (received === undefined || !/^[1-9]\d{8,10}$/.test(received) || !/^\d{1,8}$/.test(delay)) return undefined;
  return {
    at: (Number(received) - Number(delay)) * 1000,
    precisionMs: 1000,
    source: 'receive',
    qualifiers: receivedOnly,
  };
};
const receivedOnly: readonly ReasonCode[] = ['TIME_RECEIVED_ONLY'];

const readPortRange = (
  attributes: Attributes,
  allocation: string,
): Pick<LogRecord, 'event' | 'outside'> | LineFault => {
  const allocates = allocation === 'Allocation' || allocation === '1';
  if (!allocates && allocation !== 'Deallocation' && allocation !== '2') return 'EVENT_UNKNOWN';
  const external = attributes.get('IP-Port-Range-Ext-IPv4-Addr');
  const startText = attributes.get('IP-Port-Range-Range-Start');
  const endText = attributes.get('IP-Port-Range-Range-End');
  const event = allocates ? 'alloc' : 'release';
  // Without an external address it means all of the device's: only an end of everything can be told from that.
  if (external === undefined) return allocates ? 'FIELD_MISSING' : { event, outside: undefined };
  const ip4 = parseIpv4(external);
  if (ip4 === undefined) return 'ADDRESS_MALFORMED';
  if (startText === undefined && endText === undefined && !allocates) return { event, outside: ports(ip4, 0, 65535) };
  const first = Number(startText);
  const last = Number(endText);
  if (!Number.isInteger(first) || !Number.isInteger(last) || first < 0 || last > 65535) return 'PORT_MALFORMED';
  return last < first ? 'PORT_RANGE_REVERSED' : { event, outside: ports(ip4, first, last) };
};

/** `Name = value` pairs, quoted or not, one or several a line; `undefined` when a line is something else. */
const readAttributes = (text: string): Attributes | undefined => {
  const attributes = new Map<string, string>();
  const lines = text.split('\n');
  if (/^[\t ]/.test(lines[0]!)) return undefined;
  for (const line of lines.slice(1)) {
    let at = 0;
    while (at < line.length) {
      while (line[at] === '\t' || line[at] === ' ' || line[at] === '\r') at++;
      if (at >= line.length) break;
      const equals = line.indexOf(' = ', at);
      if (equals < 0 || line.slice(at, equals).includes(' ')) return undefined;
      const quoted = line[equals + 3] === '"';
      const end = quoted ? closingQuote(line, equals + 4) : wordEnd(line, equals + 3);
      if (end < 0) return undefined;
      const value = quoted ? line.slice(equals + 4, end).replaceAll(/\\(.)/g, '$1') : line.slice(equals + 3, end);
      const name = line.slice(at, equals);
      // The first of several keeps its word: a later one of the same name is another NAS's addition.
      if (!attributes.has(name)) attributes.set(name, asUtf8(value));
      at = quoted ? end + 1 : end;
    }
  }
  return attributes;
};

const closingQuote = (line: string, from: number): number => {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '"') return at;
  }
  return -1;
};
const wordEnd = (line: string, from: number): number => {
  let at = from;
  while (at < line.length && line[at] !== ' ' && line[at] !== '\t' && line[at] !== '\r') at++;
  return at;
};
const named = <Name extends string>(name: Name, value: string | undefined): { readonly [K in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [K in Name]?: string });
