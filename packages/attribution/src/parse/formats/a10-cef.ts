import { parseIpv4 } from '../../observation/ipv4.js';
import { deviceClock } from '../device-time.js';
import { asUtf8, type LineReader, type LineVerdict, type LogFormat, parserName } from '../line-reader.js';
import { destination, epochStamp, exporterOf, insideIp4, makeRecord, ports, stampOf } from '../make-record.js';
import { protocolOf } from '../scan.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { readSyslogHeader, type SyslogHeader } from '../syslog-header.js';

const events = new Map([
  ['CGN 100', { kind: 'binding', event: 'alloc' }],
  ['CGN 101', { kind: 'binding', event: 'release' }],
  ['CGN 106', { kind: 'block', event: 'alloc' }],
  ['CGN 107', { kind: 'block', event: 'release' }],
] as const);

/**
 * A10 Thunder CGN events in CEF (§3.4): 100/101 single ports, 106/107 batches of one protocol whose last port stands
 * in the custom field labelled `Last Nat Port`. Time from `rt` (ms since 1970) or the syslog header.
 */
export const a10Cef: LogFormat = {
  name: 'a10-cef',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(a10Cef)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: SyslogHeader = { message: 0, host: undefined };
  const read: LineReader['read'] = (text, context): LineVerdict => {
    if (text === '') return 'blank';
    const cef = text.indexOf('CEF:');
    if (cef < 0) return 'other-message';
    const parts = text.slice(cef).split('|');
    if (parts.length < 8) return 'TRUNCATED';
    if (parts[1] !== 'A10') return 'other-message';
    const event = events.get(parts[4] as 'CGN 100');
    if (event === undefined) return parts[4]?.startsWith('CGN ') ? 'EVENT_UNKNOWN' : 'other-message';
    const fields = cefExtension(parts.slice(7).join('|'));
    header.host = undefined;
    const stamped = cef > 0 && readSyslogHeader(text, clock, header) >= 0;
    const rt = fields.get('rt');
    if (rt !== undefined && !/^\d{12,14}$/.test(rt)) return 'TIME_MALFORMED';
    if (rt === undefined && !stamped) return cef > 0 ? clock.fault : 'FIELD_MISSING';
    const proto = protocolOf(fields.get('proto') ?? '');
    if (proto === undefined) return 'PROTO_UNKNOWN';
    const inside = parseIpv4(fields.get('src') ?? '');
    const outside = parseIpv4(fields.get('sourceTranslatedAddress') ?? '');
    if (inside === undefined || outside === undefined) return 'ADDRESS_MALFORMED';
    const first = portOf(fields.get('sourceTranslatedPort'));
    const last = event.kind === 'block' ? portOf(labelled(fields, 'Last Nat Port')) : first;
    if (first === undefined || last === undefined) return 'PORT_MALFORMED';
    if (last < first) return 'PORT_RANGE_REVERSED';
    const dest = parseIpv4(fields.get('dst') ?? '');
    const destPort = portOf(fields.get('dpt'));
    context.emit(
      makeRecord(
        parser,
        exporterOf(declaration, header.host),
        declaration,
        rt === undefined ? stampOf(clock) : epochStamp(Number(rt), 1),
        context,
        {
          ...event,
          proto,
          inside: insideIp4(inside),
          outside: ports(outside, first, last),
          dest: dest === undefined || destPort === undefined ? undefined : destination(dest, destPort),
        },
      ),
    );
    return 'recorded';
  };
  return { read, state: () => null };
};

/** `key=value` pairs whose values may hold blanks: a value ends before the blank that a next key follows. */
const cefExtension = (text: string): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  let equals = text.indexOf('=');
  let keyStart = 0;
  while (equals > 0) {
    const key = text.slice(keyStart, equals);
    const next = text.indexOf('=', equals + 1);
    const valueEnd = next < 0 ? text.length : text.lastIndexOf(' ', next);
    if (next >= 0 && valueEnd <= equals) break;
    fields.set(key, asUtf8(text.slice(equals + 1, valueEnd)).trimEnd());
    keyStart = valueEnd + 1;
    equals = next;
  }
  return fields;
};

const labelled = (fields: ReadonlyMap<string, string>, label: string): string | undefined => {
  for (const [key, value] of fields) {
    if (key.endsWith('Label') && value === label) return fields.get(key.slice(0, -'Label'.length));
  }
  return undefined;
};

const portOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
