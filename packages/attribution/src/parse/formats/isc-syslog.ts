import { ipv4End, ipv4Value, parseIpv4 } from '../../observation/ipv4.js';
import { deviceClock } from '../device-time.js';
import { type LineContext, type LineReader, type LineVerdict, type LogFormat, parserName } from '../line-reader.js';
import { exporterOf, insideIp4, makeRecord, stampOf } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { readSyslogHeader, type SyslogHeader } from '../syslog-header.js';

/**
 * Syslog of ISC dhcpd (§3.7): `DHCPACK on ADDRESS to HARDWARE` gives or renews, `DHCPRELEASE of ADDRESS from HARDWARE`
 * ends. The lease's length is written only by some releases, so that most ends stay unknown until the next holder.
 */
export const iscSyslog: LogFormat = {
  name: 'isc-syslog',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(iscSyslog)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: SyslogHeader = { message: 0, host: undefined };
  const read = (text: string, context: LineContext): LineVerdict => {
    if (text === '') return 'blank';
    const ack = text.indexOf('DHCPACK ');
    const at = ack >= 0 ? ack : text.indexOf('DHCPRELEASE ');
    if (at < 0) return 'other-message';
    // An ACK to an INFORM names a customer's own address and gives nothing.
    if (ack >= 0 && text.startsWith('to ', ack + 8)) return 'other-message';
    const message = ack >= 0 ? 'DHCPACK on ' : 'DHCPRELEASE of ';
    if (!text.startsWith(message, at)) return 'MALFORMED';
    if (readSyslogHeader(text, clock, header) < 0) return clock.fault;
    const from = at + message.length;
    const end = ipv4End(text, from);
    if (end < 0 || text.charCodeAt(end) !== 32) return 'ADDRESS_MALFORMED';
    const rest = text.slice(end);
    const hardware = /^ (?:\([0-9.]+\) )?(?:to|from) ([0-9a-f]{2}(?::[0-9a-f]{2}){1,19})(?: |$)/.exec(rest)?.[1];
    if (hardware === undefined) return 'FIELD_MISSING';
    const duration = / lease-duration (\d{1,9})(?: |$)/.exec(rest)?.[1];
    const relay = / via (\S+)/.exec(rest)?.[1];
    context.emit(
      makeRecord(parser, exporterOf(declaration, header.host), declaration, stampOf(clock), context, {
        kind: 'lease',
        event: ack >= 0 ? 'alloc' : 'release',
        proto: '*',
        inside: insideIp4(ipv4Value(text, from, end)),
        outside: undefined,
        tExpiry: duration === undefined || ack < 0 ? undefined : clock.at + Number(duration) * 1000,
        subscriber: {
          hardware,
          ...(relay !== undefined && parseIpv4(relay) !== undefined ? { nas: relay } : undefined),
        },
      }),
    );
    return 'recorded';
  };
  return { read, state: () => null };
};
