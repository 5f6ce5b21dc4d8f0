import { parseIpv4 } from '../../observation/ipv4.js';
import { ipv6Prefix, parseIpv6 } from '../../observation/ipv6.js';
import type { InsideKey, OutsideRange } from '../../record/log-record.js';
import { deviceClock } from '../device-time.js';
import { type LineFault, type LineReader, type LineVerdict, type LogFormat, parserName } from '../line-reader.js';
import { epochStamp, exporterOf, insideIp4, insideIp6, makeRecord, ports, stampOf } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { readSyslogHeader, type SyslogHeader } from '../syslog-header.js';

const message = 'RT_SRC_NAT_PBA_';

/**
 * Junos MX-SPC3 and SRX port-block syslog with structured data (§3.2, RFC 5424). `epoch-time-64` is the allocation's
 * in ALLOC and INTERIM, so that an interim rebuilds a lost allocation, and a release's own in RELEASE.
 */
export const junosSpc3: LogFormat = {
  name: 'junos-spc3',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(junosSpc3)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);
  const header: SyslogHeader = { message: 0, host: undefined };
  const read: LineReader['read'] = (text, context): LineVerdict => {
    if (text === '') return 'blank';
    const at = text.indexOf(message);
    if (readSyslogHeader(text, clock, header) < 0) return at < 0 ? 'other-message' : clock.fault;
    const exporter = exporterOf(declaration, header.host);
    const sequence = value(text, 'sequenceId');
    if (sequence !== undefined && /^\d{1,10}$/.test(sequence)) context.sequence(exporter, Number(sequence), clock.at);
    if (at < 0) return 'other-message';
    const word = text.slice(at + message.length, text.indexOf(' ', at));
    if (word === 'OOP' || word === 'EXCEED') {
      context.emit({ kind: 'exhaustion', exporter, natInstance: value(text, 'nat-pool-name') ?? '', at: clock.at });
      return 'recorded';
    }
    if (word !== 'ALLOC' && word !== 'INTERIM' && word !== 'RELEASE') return 'EVENT_UNKNOWN';
    if (text.charCodeAt(text.length - 1) !== 93) return 'TRUNCATED';
    const block = readBlock(text);
    if (typeof block === 'string') return block;
    const isInterim = word === 'INTERIM';
    context.emit(
      makeRecord(parser, exporter, declaration, isInterim ? stampOf(clock) : epochStamp(block.epochMs, 1000), context, {
        kind: 'block',
        event: isInterim ? 'interim' : word === 'ALLOC' ? 'alloc' : 'release',
        proto: '*',
        inside: block.inside,
        outside: block.outside,
        natInstance: block.pool ?? declaration.natInstance,
        tStart: isInterim ? block.epochMs : undefined,
      }),
    );
    return 'recorded';
  };
  return { read, state: () => null };
};

interface Block {
  readonly inside: InsideKey;
  readonly outside: OutsideRange;
  readonly pool: string | undefined;
  readonly epochMs: number;
}

const readBlock = (text: string): Block | LineFault => {
  const insideText = value(text, 'internal-ip');
  const outsideText = value(text, 'reflexive-ip');
  const firstText = value(text, 'block-port-low');
  const lastText = value(text, 'block-port-high');
  const epochText = value(text, 'epoch-time-64');
  if (insideText === undefined || outsideText === undefined || firstText === undefined || lastText === undefined) {
    return 'FIELD_MISSING';
  }
  if (epochText === undefined) return 'FIELD_MISSING';
  const inside = insideOf(insideText);
  const outside = parseIpv4(outsideText);
  if (inside === undefined || outside === undefined) return 'ADDRESS_MALFORMED';
  const first = decimal(firstText);
  const last = decimal(lastText);
  if (first > 65535 || last > 65535) return 'PORT_MALFORMED';
  if (last < first) return 'PORT_RANGE_REVERSED';
  if (!/^[0-9a-f]{1,10}$/i.test(epochText)) return 'TIME_MALFORMED';
  return {
    inside,
    outside: ports(outside, first, last),
    pool: value(text, 'nat-pool-name'),
    epochMs: Number.parseInt(epochText, 16) * 1000,
  };
};

const insideOf = (text: string): InsideKey | undefined => {
  const four = parseIpv4(text);
  if (four !== undefined) return insideIp4(four);
  const six = parseIpv6(text);
  return six === undefined ? undefined : insideIp6(ipv6Prefix(six, 128));
};

/** Infinity for what is not a plain decimal number. */
const decimal = (text: string): number => (/^(?:0|[1-9]\d{0,4})$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY);

/** The value of ` name="value"`. */
const value = (text: string, name: string): string | undefined => {
  const at = text.indexOf(` ${name}="`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  const end = text.indexOf('"', from);
  return end < 0 ? undefined : text.slice(from, end);
};
