import { deviceClock } from '../device-time.js';
import { type LineContext, type LineReader, type LineVerdict, type LogFormat, parserName } from '../line-reader.js';
import { epochStamp, exporterOf, insideIp4, makeRecord, ports, stampOf } from '../make-record.js';
import { ipv4, port, type Scan, skip } from '../scan.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { readSyslogHeader, type SyslogHeader } from '../syslog-header.js';

const message = 'JSERVICES_NAT_PORT_BLOCK_';
/** A release's epoch this far before its stamp is the allocation's, repeated. */
const repeatsAllocationMs = 2000;

/**
 * Junos MS-MPC port-block syslog (§3.2). An allocation happened at its hexadecimal epoch, not at its stamp; whether a
 * release repeats that epoch depends on the Junos release, so a release happened at its stamp.
 */
export const junosMsMpc: LogFormat = {
  name: 'junos-ms-mpc',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(junosMsMpc)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: SyslogHeader = { message: 0, host: undefined };
  const scan: Scan = { text: '', at: 0 };

  const read = (text: string, context: LineContext): LineVerdict => {
    if (text === '') return 'blank';
    const at = text.indexOf(message);
    if (at < 0) return 'other-message';
    const stamped = readSyslogHeader(text, clock, header) >= 0;
    const exporter = exporterOf(declaration, stamped ? header.host : undefined);
    scan.text = text;
    scan.at = at + message.length;
    const event = eventAt(scan);
    if (event === undefined) return 'EVENT_UNKNOWN';
    const inside = ipv4(scan);
    skip(scan, ' -> ');
    const outside = ipv4(scan);
    skip(scan, ':');
    const first = port(scan);
    skip(scan, '-');
    const last = port(scan);
    skip(scan, ' 0x');
    const epochText = scan.at < 0 ? '' : text.slice(scan.at);
    if (!/^[0-9a-f]{1,10}$/i.test(epochText)) return 'MALFORMED';
    if (last < first) return 'PORT_RANGE_REVERSED';
    const epochMs = Number.parseInt(epochText, 16) * 1000;
    if (event !== 'alloc' && !stamped) return clock.fault;
    const stamp = event === 'alloc' ? epochStamp(epochMs, 1000) : stampOf(clock);
    const repeats = event !== 'alloc' && epochMs < stamp.at - repeatsAllocationMs;
    context.emit(
      makeRecord(parser, exporter, declaration, stamp, context, {
        kind: 'block',
        event,
        proto: '*',
        inside: insideIp4(inside),
        outside: ports(outside, first, last),
        natInstance: instanceOf(text, at) ?? declaration.natInstance,
        ...(repeats ? { tStart: epochMs } : undefined),
      }),
    );
    return 'recorded';
  };
  return { read, state: () => null };
};

const eventAt = (scan: Scan): 'alloc' | 'release' | 'interim' | undefined => {
  const colon = scan.text.indexOf(': ', scan.at);
  const word = colon < 0 ? '' : scan.text.slice(scan.at, colon);
  scan.at = colon + 2;
  if (word === 'ALLOC') return 'alloc';
  if (word === 'RELEASE') return 'release';
  return word === 'ACTIVE' ? 'interim' : undefined;
};

/** The service set in `{cgn-a}[FWNAT]`. */
const instanceOf = (text: string, before: number): string | undefined => {
  const open = text.indexOf('{');
  const close = text.indexOf('}', open);
  return open >= 0 && close > open && close < before ? text.slice(open + 1, close) : undefined;
};
