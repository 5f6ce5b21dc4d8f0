import { deviceClock } from '../device-time.js';
import { type LineReader, type LogFormat, parserName } from '../line-reader.js';
import { epochStamp, exporterOf, type Stamp, stampOf } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { emitNelRow } from './nel-row.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * NAT events from `nfdump -o ndjson` (§3.5). Times as text are in the zone of the process that ran nfdump and carry
 * no offset: they count only if the source's declaration names that zone.
 */
export const nfdumpNdjson: LogFormat = {
  name: 'nfdump-ndjson',
  version: '1',
  stanza: undefined,
  open: (declaration) => openReader(declaration, parserName(nfdumpNdjson)),
};

const openReader = (declaration: SourceDeclaration, parser: string): LineReader => {
  const clock = deviceClock(declaration);

  const stampIn = (value: unknown): Stamp | undefined => {
    if (typeof value === 'number') return epochOf(value);
    if (typeof value !== 'string') {
      clock.fault = 'TIME_MALFORMED';
      return undefined;
    }
    if (/^\d{9,11}(?:\.\d{1,9})?$/.test(value)) return epochOf(Number(value));
    const end = clock.read(value, 0, 'none');
    if (end >= 0 && end !== value.length) clock.fault = 'TIME_MALFORMED';
    return end === value.length ? stampOf(clock) : undefined;
  };
  const epochOf = (seconds: number): Stamp | undefined => {
    clock.fault = 'TIME_MALFORMED';
    if (!(seconds >= 1e8 && seconds < 1e11)) return undefined;
    return epochStamp(Math.floor(seconds * 1000 + 1e-4), Number.isInteger(seconds) ? 1000 : 1);
  };

  return {
    state: () => null,
    read: (text, context) => {
      if (text === '') return 'blank';
      const fields = parse(text);
      if (fields === undefined) return 'MALFORMED';
      const event = fields.nat_event_id;
      if (event === undefined) return 'other-message';
      const stamp = stampIn(fields.t_event ?? fields.first);
      if (stamp === undefined) return clock.fault;
      return emitNelRow(
        parser,
        declaration,
        {
          event: Number(event),
          proto: textOf(fields.proto),
          inside: textOf(fields.src4_addr ?? fields.src6_addr),
          outside: textOf(fields.src4_xlt_ip),
          outsidePort: number(fields.src_xlt_port),
          dest: textOf(fields.dst4_addr ?? fields.dst6_addr),
          destPort: number(fields.dst_port),
          blockStart: number(fields.pblock_start),
          blockEnd: number(fields.pblock_end),
          blockStep: number(fields.pblock_step),
          blockSize: number(fields.pblock_size),
          vrf: textOf(fields.ingress_vrf),
          stamp,
          received: stampIn(fields.received)?.at,
          exporter: exporterOf(declaration, textOf(fields.ip4_router ?? fields.ip6_router)),
        },
        context,
      );
    },
  };
};

const parse = (text: string): Fields | undefined => {
  // nfdump may be told to write an array's commas and brackets; each object still has a line of its own.
  const end = text.endsWith(',') ? text.length - 1 : text.length;
  try {
    const value: unknown = JSON.parse(text.slice(0, end));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
};
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
const number = (value: unknown): number => (value === undefined ? 0 : typeof value === 'number' ? value : Number.NaN);
