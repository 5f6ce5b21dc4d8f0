import { done, type Outcome, refused } from '@tutela/core';
import { splitCsvLine } from '../parse/csv-line.js';
import type { ReasonCode } from '../reason.js';
import type { Observation } from './observation.js';
import { type IntakeSettings, type ObservationFields, readObservation } from './read-observation.js';

/** A row that is no observation: its 1-based line and why. What stood in it is not repeated. */
export interface RefusedRow {
  readonly line: number;
  readonly code: ReasonCode;
  readonly message: string;
}
export interface ObservationRow {
  readonly line: number;
  readonly observation: Observation;
}
/** Every row after the header is in one of the two lists; blank lines are counted. */
export interface ImportedObservations {
  readonly observations: readonly ObservationRow[];
  readonly refusals: readonly RefusedRow[];
  readonly blankLines: number;
}

/** Header name → field. The names are the format; their order is free. */
const columns: Readonly<Record<string, keyof ObservationFields>> = {
  ip: 'ip',
  port: 'port',
  protocol: 'proto',
  dest_ip: 'destIp',
  dest_port: 'destPort',
  from: 'from',
  to: 'to',
  clock_error_s: 'clockErrorSeconds',
  clock_offset_s: 'clockOffsetSeconds',
  clock_synced_to: 'clockSyncedTo',
  role: 'role',
  contact: 'contact',
  source_document: 'sourceDocument',
  entry: 'entry',
};
const required = ['ip', 'from', 'clock_error_s', 'role', 'source_document', 'entry'];
const absent = Object.fromEntries(Object.values(columns).map((field) => [field, ''])) as unknown as ObservationFields;

/** Observations from CSV text with a header line; each refused row is named, none is dropped. */
export const readObservationsCsv = (
  text: string,
  settings: IntakeSettings,
): Outcome<ImportedObservations, 'ROW_MALFORMED'> => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const header = splitCsvLine(lines[0] ?? '');
  const problem = header === undefined ? 'the first line is not a header' : headerProblem(header);
  if (header === undefined || problem !== undefined) return refused('ROW_MALFORMED', problem ?? 'no header');
  const observations: ObservationRow[] = [];
  const refusals: RefusedRow[] = [];
  let blankLines = 0;
  for (const [index, row] of lines.entries()) {
    if (index === 0) continue;
    if (row.trim() === '') {
      blankLines++;
      continue;
    }
    const line = index + 1;
    const read = readRow(row, header, settings);
    if (read.kind === 'done') observations.push({ line, observation: read.value });
    else refusals.push({ line, ...read.reason });
  }
  return done({ observations, refusals, blankLines });
};

const headerProblem = (header: readonly string[]): string | undefined => {
  const unknown = header.filter((name) => !Object.hasOwn(columns, name));
  const missing = required.filter((name) => !header.includes(name));
  if (unknown.length > 0) return `the header names columns that are not known: ${unknown.length}`;
  if (missing.length > 0) return `the header lacks ${missing.join(', ')}`;
  return new Set(header).size === header.length ? undefined : 'the header names a column twice';
};

const readRow = (
  row: string,
  header: readonly string[],
  settings: IntakeSettings,
): Outcome<Observation, ReasonCode> => {
  const cells = splitCsvLine(row);
  if (cells?.length !== header.length)
    return refused('ROW_MALFORMED', `the row has not the ${header.length} cells of the header`);
  const fields = Object.fromEntries(header.map((name, index) => [columns[name]!, cells[index]!.trim()]));
  return readObservation({ ...absent, ...fields }, settings);
};
