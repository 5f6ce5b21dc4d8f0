import { deviceClock } from '../device-time.js';
import {
  asUtf8,
  type LineContext,
  type LineReader,
  type LineVerdict,
  type LogFormat,
  parserName,
} from '../line-reader.js';
import { destination, exporterOf, insideIp4, makeRecord, ports, stampOf } from '../make-record.js';
import { ipv4, port, protocol, type Scan, skip } from '../scan.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { readSyslogHeader, type SyslogHeader } from '../syslog-header.js';

/**
 * MikroTik RouterOS firewall log (§3.3), both shapes of its NAT part. Only beginnings are logged, never ends; the
 * same outside port may serve several customers towards different destinations, so the destination is kept.
 */
export const routerOs: LogFormat = {
  name: 'routeros',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(routerOs)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: SyslogHeader = { message: 0, host: undefined };
  const scan: Scan = { text: '', at: 0 };

  const read = (text: string, context: LineContext): LineVerdict => {
    if (text === '') return 'blank';
    const protoAt = text.indexOf(' proto ');
    if (protoAt < 0) return 'other-message';
    const natAt = text.indexOf(', NAT (', protoAt);
    if (natAt < 0) return text.includes(', NAT', protoAt) ? 'MALFORMED' : 'not-translated';
    if (readSyslogHeader(text, clock, header) < 0) return clock.fault;
    scan.text = text;
    scan.at = protoAt + 7;
    const proto = protocol(scan);
    if (proto === undefined) return 'PROTO_UNKNOWN';
    if (proto === 1) return 'no-ports';
    const comma = text.indexOf(', ', scan.at);
    if (comma < 0 || comma >= natAt) return 'MALFORMED';
    scan.at = comma + 2;
    const inside = endpoint();
    const insidePort = lastPort;
    skip(scan, '->');
    const dest = endpoint();
    const destPort = lastPort;
    if (scan.at !== natAt) return 'MALFORMED';
    scan.at = natAt + 7;
    const outside = outsideAfter(inside, insidePort);
    if (outside < 0) return 'MALFORMED';
    context.emit(
      makeRecord(parser, exporterOf(declaration, header.host), declaration, stampOf(clock), context, {
        kind: 'session',
        event: text.includes('connection-state:new') ? 'alloc' : 'interim',
        proto,
        inside: insideIp4(inside),
        outside: ports(outside, lastPort, lastPort),
        dest: destination(dest, destPort),
        subscriber: subscriberOf(text, protoAt),
      }),
    );
    return 'recorded';
  };

  let lastPort = -1;
  const endpoint = (): number => {
    const address = ipv4(scan);
    skip(scan, ':');
    lastPort = port(scan);
    return address;
  };

  /** `(inside->outside)->dest` or `(outside->dest)`; leaves the outside port in `lastPort`. */
  const outsideAfter = (inside: number, insidePort: number): number => {
    const first = endpoint();
    const firstPort = lastPort;
    skip(scan, '->');
    const second = endpoint();
    const secondPort = lastPort;
    skip(scan, ')');
    if (scan.at < 0) return -1;
    const threefold = scan.text.startsWith('->', scan.at);
    // The part before the arrow has to be the connection's own source, or the rule rewrote something else.
    if (threefold && (first !== inside || firstPort !== insidePort)) return -1;
    lastPort = threefold ? secondPort : firstPort;
    return threefold ? second : first;
  };
  return { read, state: () => null };
};

/** The user of a PPPoE interface: `in:<pppoe-USER>`; any other interface by its name. */
const subscriberOf = (
  text: string,
  before: number,
): { readonly account: string } | { readonly nasPort: string } | undefined => {
  const at = text.indexOf(' in:');
  if (at < 0 || at > before) return undefined;
  if (text.startsWith('<pppoe-', at + 4)) {
    const end = text.indexOf('>', at);
    return end < 0 || end > before ? undefined : { account: asUtf8(text.slice(at + 11, end)) };
  }
  const end = text.indexOf(' ', at + 4);
  return { nasPort: asUtf8(text.slice(at + 4, end)) };
};
