import type { ReasonCode } from '../../reason.js';
import { type DeviceClock, deviceClock } from '../device-time.js';
import type { LineContext, LineReader, LineVerdict, LogFormat } from '../line-reader.js';
import { parserName } from '../line-reader.js';
import { destination, exporterOf, insideIp4, makeRecord, ports, stampOf } from '../make-record.js';
import { ipv4, number, port, protocol, type Scan, skip } from '../scan.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { afterPriority } from '../syslog-header.js';

const translation = '%NAT-6-LOG_TRANSLATION: ';

/** What stands before the message: `<PRI>number: host: stamp: `, of which number and host may lack. */
interface Header {
  sequence: number | undefined;
  host: string | undefined;
  authoritative: boolean;
}

/**
 * Cisco IOS-XE NAT syslog (attribution.md §3.1). A stamp with `*` or `.` comes from a clock that is not set or lost
 * its reference: the record is qualified.
 */
export const ciscoIosXe: LogFormat = {
  name: 'cisco-ios-xe',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(ciscoIosXe)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: Header = { sequence: undefined, host: undefined, authoritative: true };
  const scan: Scan = { text: '', at: 0 };

  const read = (text: string, context: LineContext): LineVerdict => {
    if (text === '') return 'blank';
    const message = text.indexOf(translation);
    const stamped = readHeader(text, clock, header);
    const exporter = exporterOf(declaration, header.host);
    if (stamped && header.sequence !== undefined) context.sequence(exporter, header.sequence, clock.at);
    if (message < 0) return 'other-message';
    if (!stamped) return clock.fault;
    scan.text = text;
    scan.at = message + translation.length;
    return readTranslation(exporter, context);
  };

  const readTranslation = (exporter: string, context: LineContext): LineVerdict => {
    const created = scan.text.startsWith('Created ', scan.at);
    if (!created && !scan.text.startsWith('Deleted ', scan.at)) return 'EVENT_UNKNOWN';
    skip(scan, created ? 'Created Translation ' : 'Deleted Translation ');
    const proto = protocol(scan);
    if (proto === undefined) return scan.at < 0 ? 'PROTO_UNKNOWN' : 'MALFORMED';
    skip(scan, ' ');
    const inside = ipv4(scan);
    skip(scan, ':');
    port(scan);
    skip(scan, ' ');
    const outside = ipv4(scan);
    skip(scan, ':');
    const outsidePort = port(scan);
    skip(scan, ' ');
    ipv4(scan);
    skip(scan, ':');
    port(scan);
    skip(scan, ' ');
    const dest = ipv4(scan);
    skip(scan, ':');
    const destPort = port(scan);
    skip(scan, ' ');
    const vrf = number(scan);
    if (scan.at !== scan.text.length) return 'MALFORMED';
    context.emit(
      makeRecord(parser, exporter, declaration, stampOf(clock), context, {
        kind: 'session',
        event: created ? 'alloc' : 'release',
        proto,
        inside: insideIp4(inside, String(vrf)),
        outside: ports(outside, outsidePort, outsidePort),
        dest: destination(dest, destPort),
        ...(header.authoritative ? undefined : { qualifiers: notAuthoritative(clock.qualifiers) }),
      }),
    );
    return 'recorded';
  };
  return { read, state: () => null };
};

const notAuthoritative = (others: readonly ReasonCode[]): readonly ReasonCode[] => [
  ...others,
  'CLOCK_NOT_AUTHORITATIVE',
];

const readHeader = (text: string, clock: DeviceClock, header: Header): boolean => {
  header.sequence = undefined;
  header.host = undefined;
  header.authoritative = true;
  let at = afterPriority(text);
  const digits = /^\d{1,12}(?=: )/.exec(text.slice(at, at + 14))?.[0];
  if (digits !== undefined) {
    header.sequence = Number(digits);
    at += digits.length + 2;
  }
  // A stamp has blanks before its first ": ", a host has none.
  const colon = text.indexOf(': ', at);
  if (colon > at && !text.slice(at, colon).includes(' ')) {
    header.host = text.slice(at, colon);
    at = colon + 2;
  }
  const flag = text.charCodeAt(at);
  if (flag === 42 || flag === 46) {
    header.authoritative = false;
    at++;
  }
  const end = clock.read(text, at, 'may-follow');
  if (end < 0) return false;
  if (text.charCodeAt(end) === 58) return true;
  clock.fault = 'TIME_MALFORMED';
  return false;
};
