import { parse } from 'csv-parse/sync';
import type { Line } from './text-source.js';

export type CsvRecord =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'broken'; readonly line: number; readonly text: string };

/** A quoted cell that goes on for longer is taken for a stray quote, so that it cannot swallow the rest of the list. */
const mostLinesOfRecord = 50;

/**
 * Records of CSV (RFC 4180), one line each, or several where quotes hold line breaks. A line that cannot be read is
 * given up alone: the next one is tried by itself.
 */
export async function* csvRecords(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<CsvRecord> {
  let open: Line[] = [];
  for await (const line of lines) {
    open.push(line);
    if (quotesAreEven(open)) {
      yield* parseOpen(open, delimiter);
      open = [];
    } else if (open.length === mostLinesOfRecord) {
      open = yield* giveUpFirst(open, delimiter);
    }
  }
  while (open.length > 0) open = yield* giveUpFirst(open, delimiter);
}

/** The first line stands for itself, the others begin anew. @returns what is open again */
function* giveUpFirst([first, ...others]: readonly Line[], delimiter: string): Generator<CsvRecord, Line[]> {
  if (first) yield* parseOpen([first], delimiter);
  let open: Line[] = [];
  for (const line of others) {
    open.push(line);
    if (!quotesAreEven(open)) continue;
    yield* parseOpen(open, delimiter);
    open = [];
  }
  return open;
}

const quotesAreEven = (lines: readonly Line[]): boolean =>
  lines.reduce((count, { text }) => count + (text.includes('"') ? text.split('"').length - 1 : 0), 0) % 2 === 0;

function* parseOpen(lines: readonly Line[], delimiter: string): Generator<CsvRecord> {
  const [{ number: line } = { number: 0 }] = lines;
  const text = lines.map((each, at) => (at === lines.length - 1 ? each.text : each.text + each.ending)).join('');
  const cells = lines.some(({ length }) => length === 'cut') ? undefined : cellsOf(text, delimiter);
  if (cells) yield { kind: 'cells', line, cells };
  else if (lines.length === 1) yield { kind: 'broken', line, text };
  else for (const each of lines) yield* parseOpen([each], delimiter);
}

const cellsOf = (text: string, delimiter: string): readonly string[] | undefined => {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    // A line break inside of a cell is no end of a record here: the text is one record or broken.
    const records = parse(text, { delimiter, relax_quotes: true, record_delimiter: '\u0000' });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
};
