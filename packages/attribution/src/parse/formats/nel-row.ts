import { parseIpv4 } from '../../observation/ipv4.js';
import { ipv6Prefix, parseIpv6 } from '../../observation/ipv6.js';
import type { InsideKey } from '../../record/log-record.js';
import type { LineContext, LineVerdict } from '../line-reader.js';
import { destination, insideIp4, insideIp6, makeRecord, ports, type RecordParts, type Stamp } from '../make-record.js';
import { protocolOf } from '../scan.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { blockRanges, nelEvent } from './nel-event.js';

/** One NAT event as nfdump gives it in either form; absent numbers are 0 and absent texts empty. */
export interface NelRow {
  readonly event: number;
  readonly proto: string;
  readonly inside: string;
  readonly outside: string;
  readonly outsidePort: number;
  readonly dest: string;
  readonly destPort: number;
  readonly blockStart: number;
  readonly blockEnd: number;
  readonly blockStep: number;
  readonly blockSize: number;
  readonly vrf: string;
  readonly stamp: Stamp;
  readonly received: number | undefined;
  readonly exporter: string;
}

/** Emits what a row says. A number that was not one is NaN and is refused here. */
export const emitNelRow = (
  parser: string,
  declaration: SourceDeclaration,
  row: NelRow,
  context: LineContext,
): LineVerdict => {
  const meaning = nelEvent(row.event);
  if (meaning === undefined) return 'EVENT_UNKNOWN';
  if (meaning.kind === 'other') return 'other-message';
  const natInstance = row.vrf === '' || row.vrf === '0' ? declaration.natInstance : row.vrf;
  const { exporter } = row;
  if (meaning.kind === 'exhaustion') {
    context.emit({ kind: 'exhaustion', exporter, natInstance, at: row.stamp.at });
    return 'recorded';
  }
  const inside = insideOf(row.inside);
  const outside = parseIpv4(row.outside);
  if (inside === undefined || outside === undefined || outside === 0) return 'ADDRESS_MALFORMED';
  const block = meaning.kind === 'block';
  // The block template of RFC 8158 has no protocol: a block counts for all.
  const proto =
    row.proto === '' || row.proto === '0'
      ? block || meaning.kind === 'address'
        ? '*'
        : undefined
      : protocolOf(row.proto);
  if (proto === undefined) return 'PROTO_UNKNOWN';
  const ranges = rangesOf(meaning.kind, row);
  if (typeof ranges === 'string') return ranges;
  const parts: Omit<RecordParts, 'outside'> = {
    ...meaning,
    proto,
    inside,
    natInstance,
    tReceived: row.received,
  };
  const dest = meaning.kind === 'session' ? destinationOf(row) : undefined;
  if (dest === 'malformed') return 'ADDRESS_MALFORMED';
  for (const [first, last] of ranges) {
    context.emit(
      makeRecord(parser, exporter, declaration, row.stamp, context, {
        ...parts,
        outside: ports(outside, first, last),
        dest,
      }),
    );
  }
  return 'recorded';
};

const rangesOf = (kind: string, row: NelRow): ReturnType<typeof blockRanges> => {
  if (kind === 'address') return [[0, 65535]];
  if (kind === 'block') {
    const { blockStart, blockEnd, blockStep, blockSize } = row;
    const whole = [blockStart, blockEnd, blockStep, blockSize].every((each) => Number.isInteger(each) && each >= 0);
    return whole && blockStart > 0 ? blockRanges(blockStart, blockEnd, blockStep, blockSize) : 'PORT_MALFORMED';
  }
  const { outsidePort } = row;
  const isPort = Number.isInteger(outsidePort) && outsidePort >= 0 && outsidePort <= 65535;
  return isPort ? [[outsidePort, outsidePort]] : 'PORT_MALFORMED';
};

const insideOf = (text: string): InsideKey | undefined => {
  const four = parseIpv4(text);
  if (four !== undefined) return insideIp4(four);
  const six = parseIpv6(text);
  return six === undefined ? undefined : insideIp6(ipv6Prefix(six, 128));
};

const destinationOf = (row: NelRow): RecordParts['dest'] | 'malformed' => {
  if (row.dest === '' || row.dest === '0.0.0.0') return undefined;
  if (!Number.isInteger(row.destPort) || row.destPort < 0 || row.destPort > 65535) return 'malformed';
  const four = parseIpv4(row.dest);
  if (four !== undefined) return destination(four, row.destPort);
  const six = parseIpv6(row.dest);
  return six === undefined ? 'malformed' : { ip4: undefined, ip6: ipv6Prefix(six, 128), port: row.destPort };
};
