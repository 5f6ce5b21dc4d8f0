import { type JsonValue, refused } from '@tutela/core';
import { splitCsvLine } from '../csv-line.js';
import type { LineContext, LineReader, LineVerdict } from '../line-reader.js';

/** The cells of one row by column name; empty where there is no such column. */
export type Row = (column: string) => string;

/** A reader of comma-separated values whose first line names the columns, in any order and number. */
export const csvTableReader = (
  resumed: JsonValue,
  required: readonly string[],
  readRow: (row: Row, context: LineContext) => LineVerdict,
): LineReader => {
  let header = Array.isArray(resumed) ? (resumed as readonly string[]) : undefined;
  let places = placesOf(header ?? []);
  let cells: readonly string[] = [];
  const row: Row = (column) => cells[places.get(column) ?? -1] ?? '';

  const readHeader = (text: string): LineVerdict => {
    const names = (splitCsvLine(text) ?? []).map((name) => name.trim().toLowerCase());
    const missing = required.filter((name) => !names.includes(name));
    if (missing.length === required.length) return refused('HEADER_MISSING', 'the first line names no columns').reason;
    if (missing.length > 0) return refused('HEADER_UNKNOWN', `the columns ${missing.join(', ')} are missing`).reason;
    header = names;
    places = placesOf(names);
    return 'header';
  };

  return {
    state: () => header ?? null,
    read: (text, context) => {
      if (text === '') return 'blank';
      if (header === undefined) return readHeader(text);
      const split = splitCsvLine(text);
      if (split === undefined || split.length !== header.length) return 'MALFORMED';
      cells = split;
      return readRow(row, context);
    },
  };
};

const placesOf = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map(names.map((name, index) => [name, index]));
