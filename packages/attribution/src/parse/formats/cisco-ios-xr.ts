import { parseIpv4 } from '../../observation/ipv4.js';
import { ipv6Prefix, parseIpv6 } from '../../observation/ipv6.js';
import type { InsideKey, RecordEvent, RecordKind, RecordProto } from '../../record/log-record.js';
import { deviceClock } from '../device-time.js';
import { type LineFault, type LineReader, type LogFormat, type LogItem, parserName } from '../line-reader.js';
import { destination, exporterOf, makeRecord, ports, type RecordParts, stampOf } from '../make-record.js';
import { protocolOf } from '../scan.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { readSyslogHeader, type SyslogHeader } from '../syslog-header.js';

/** Event word → what it is; `destination` where it must name one. */
const events: ReadonlyMap<
  string,
  { readonly kind: RecordKind; readonly event: RecordEvent; readonly dest: 'named' | 'absent' }
> = new Map([
  ['UserbasedA', { kind: 'block', event: 'alloc', dest: 'absent' }],
  ['UserbasedW', { kind: 'block', event: 'release', dest: 'absent' }],
  ['SessionbasedA', { kind: 'binding', event: 'alloc', dest: 'absent' }],
  ['SessionbasedW', { kind: 'binding', event: 'release', dest: 'absent' }],
  ['SessionbasedAD', { kind: 'session', event: 'alloc', dest: 'named' }],
  ['SessionbasedWD', { kind: 'session', event: 'release', dest: 'named' }],
]);

/**
 * Cisco IOS-XR/CRS CGN syslog (§3.1): any number of `[event L4 insideIP vrf insideIPv6 outsideIP insidePort firstPort
 * lastPort dstIP dstPort]` in a packet, `-` for what is absent. One bad group rejects the whole packet.
 */
export const ciscoIosXr: LogFormat = {
  name: 'cisco-ios-xr',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(ciscoIosXr)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: SyslogHeader = { message: 0, host: undefined };
  return {
    state: () => null,
    read: (text, context) => {
      if (text === '') return 'blank';
      let open = text.indexOf('[');
      if (open < 0) return 'other-message';
      if (readSyslogHeader(text, clock, header) < 0) return clock.fault;
      const exporter = exporterOf(declaration, header.host);
      const items: LogItem[] = [];
      while (open >= 0) {
        const close = text.indexOf(']', open);
        if (close < 0) return 'TRUNCATED';
        const fields = text.slice(open + 1, close).split(' ');
        if (fields[0] === 'Portblockrunout') {
          items.push({ kind: 'exhaustion', exporter, natInstance: fields[3] ?? declaration.natInstance, at: clock.at });
        } else {
          const parts = readGroup(fields);
          if (typeof parts === 'string') return parts;
          items.push(makeRecord(parser, exporter, declaration, stampOf(clock), context, parts));
        }
        open = text.indexOf('[', close);
      }
      for (const item of items) context.emit(item);
      return 'recorded';
    },
  };
};

const readGroup = (fields: readonly string[]): RecordParts | LineFault => {
  const event = events.get(fields[0]!);
  if (event === undefined) return 'EVENT_UNKNOWN';
  if (fields.length !== 11) return 'MALFORMED';
  const [, l4, ip4, vrf, ip6, out, insidePort, first, last, dstIp, dstPort] = fields as string[];
  const proto: RecordProto | undefined = l4 === '-' ? (event.kind === 'block' ? '*' : undefined) : protocolOf(l4!);
  if (proto === undefined) return 'PROTO_UNKNOWN';
  const inside = readInside(ip4!, vrf!, ip6!);
  const outside = parseIpv4(out!);
  if (inside === undefined || outside === undefined) return 'ADDRESS_MALFORMED';
  const portFirst = readPort(first!);
  const portLast = last === '-' ? portFirst : readPort(last!);
  if (portFirst === undefined || portLast === undefined) return 'PORT_MALFORMED';
  if (insidePort !== '-' && readPort(insidePort!) === undefined) return 'PORT_MALFORMED';
  if (portLast < portFirst) return 'PORT_RANGE_REVERSED';
  const parts: RecordParts = {
    kind: event.kind,
    event: event.event,
    proto,
    inside,
    outside: ports(outside, portFirst, portLast),
  };
  if (event.dest === 'absent') return parts;
  const dest = parseIpv4(dstIp!);
  const destPort = readPort(dstPort!);
  if (dest === undefined) return 'ADDRESS_MALFORMED';
  return destPort === undefined ? 'PORT_MALFORMED' : { ...parts, dest: destination(dest, destPort) };
};

const readInside = (ip4: string, vrf: string, ip6: string): InsideKey | undefined => {
  const four = ip4 === '-' ? undefined : parseIpv4(ip4);
  const six = ip6 === '-' ? undefined : parseIpv6(ip6);
  if ((ip4 !== '-' && four === undefined) || (ip6 !== '-' && six === undefined)) return undefined;
  if (four === undefined && six === undefined) return undefined;
  const prefix = six === undefined ? undefined : ipv6Prefix(six, 128);
  // With an inside IPv4 address the IPv6 one is DS-Lite's tunnel end; alone it is NAT64's source.
  return {
    ip4: four,
    ip6: four === undefined ? prefix : undefined,
    vrf: vrf === '-' ? undefined : vrf,
    tunnel: four === undefined ? undefined : prefix,
  };
};

const readPort = (text: string): number | undefined =>
  /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
