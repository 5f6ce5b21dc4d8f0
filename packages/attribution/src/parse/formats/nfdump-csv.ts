import { type JsonValue, refused } from '@tutela/core';
import { splitCsvLine } from '../csv-line.js';
import { type LineContext, type LineReader, type LineVerdict, type LogFormat, parserName } from '../line-reader.js';
import { epochStamp, exporterOf } from '../make-record.js';
import type { SourceDeclaration } from '../source-declaration.js';
import { emitNelRow } from './nel-row.js';

const required = ['firstSeen', 'event', 'proto', 'srcAddr', 'srcXIP'] as const;
const how =
  "nfdump's default CSV leaves out the translated address, its port and the event: export again with -o 'csv:%tsr,%tevt,%evt,%pr,%sa,%sp,%nsa,%nsp,%pbstart,%pbend,%pbstep,%pbsize,%ivrf,%ra,%odid,%trr'";

/**
 * NAT events from nfdump with a custom CSV format (§3.5), columns by header name. Only epoch columns are read:
 * nfdump writes text times in the zone of its own process and does not say which.
 */
export const nfdumpCsv: LogFormat = {
  name: 'nfdump-csv',
  version: '1',
  stanza: undefined,
  open: (declaration, state) => openReader(declaration, state, parserName(nfdumpCsv)),
};

const openReader = (declaration: SourceDeclaration, resumed: JsonValue, parser: string): LineReader => {
  let header = Array.isArray(resumed) ? (resumed as readonly string[]) : undefined;
  let columns = columnsOf(header ?? []);

  const readHeader = (text: string): LineVerdict => {
    const names = text.split(',').map((name) => name.trim());
    if (names.includes('firstSeen') && names.includes('srcAddr') && !names.includes('srcXIP')) {
      return refused('NFDUMP_DEFAULT_CSV', how).reason;
    }
    const missing = required.filter((name) => !names.includes(name));
    if (missing.length === required.length) return refused('HEADER_MISSING', 'the first line names no columns').reason;
    if (missing.length > 0) return refused('HEADER_UNKNOWN', `the columns ${missing.join(', ')} are missing`).reason;
    header = names;
    columns = columnsOf(names);
    return 'header';
  };

  const read = (text: string, context: LineContext): LineVerdict => {
    if (text === '') return 'blank';
    if (header === undefined) return readHeader(text);
    const cells = splitCsvLine(text);
    if (cells === undefined || cells.length !== header.length) return 'MALFORMED';
    const cell = (at: number): string => (at < 0 ? '' : cells[at]!.trim());
    const at = epochMs(cell(columns.firstSeen));
    if (at === undefined) return 'TIME_MALFORMED';
    const row = {
      event: decimal(cell(columns.event)),
      proto: cell(columns.proto),
      inside: cell(columns.srcAddr),
      outside: cell(columns.srcXIP),
      outsidePort: decimal(cell(columns.srcXPort)),
      dest: cell(columns.dstAddr),
      destPort: decimal(cell(columns.dstPort)),
      blockStart: decimal(cell(columns.pbStart)),
      blockEnd: decimal(cell(columns.pbEnd)),
      blockStep: decimal(cell(columns.pbStep)),
      blockSize: decimal(cell(columns.pbSize)),
      vrf: cell(columns.ingressVrfID),
      stamp: epochStamp(at, cell(columns.firstSeen).includes('.') ? 1 : 1000),
      received: epochMs(cell(columns.received)),
      exporter: exporterOf(declaration, cell(columns.routerIP)),
    };
    return emitNelRow(parser, declaration, row, context);
  };
  return { read, state: () => header ?? null };
};

const names = [
  'firstSeen',
  'event',
  'proto',
  'srcAddr',
  'srcXIP',
  'srcXPort',
  'dstAddr',
  'dstPort',
  'pbStart',
  'pbEnd',
  'pbStep',
  'pbSize',
  'ingressVrfID',
  'routerIP',
  'received',
] as const;
const columnsOf = (header: readonly string[]): Readonly<Record<(typeof names)[number], number>> =>
  Object.fromEntries(names.map((name) => [name, header.indexOf(name)])) as Record<(typeof names)[number], number>;

/** NaN for what is not a plain decimal number; 0 for a column that is not there. */
const decimal = (text: string): number => (text === '' ? 0 : /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN);

/** Seconds since 1970 with up to nine decimals, as milliseconds. */
const epochMs = (text: string): number | undefined =>
  /^[1-9]\d{8,10}(?:\.\d{1,9})?$/.test(text) ? Math.floor(Number(text) * 1000 + 1e-4) : undefined;
