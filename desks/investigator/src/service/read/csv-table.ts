import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import type { TextLine } from './lines.js';
import { bad, good, type ReadRow, type ServiceRow } from './service-row.js';

/**
 * A table of comma-separated values (RFC 4180) with its names in the first line; a record is a line. Columns that are not
 * asked for are left out.
 * @param schema of the columns, by name
 */
export async function* csvTable<Schema extends z.ZodObject>(
  lines: AsyncIterable<TextLine>,
  schema: Schema,
  rowOf: (columns: z.output<Schema>) => ServiceRow,
): AsyncGenerator<ReadRow> {
  let names: readonly string[] | undefined;
  for await (const { number, text, length } of lines) {
    if (text.trim() === '') continue;
    const cells = length === 'whole' ? cellsOf(text) : undefined;
    if (names === undefined) {
      names = cells ?? [];
      const missing = Object.keys(schema.shape).filter((name) => !names?.includes(name));
      if (missing.length === 0) continue;
      yield bad(number, `no column ${missing.join(', ')}`);
      return;
    }
    if (cells === undefined) yield bad(number, 'no record');
    else if (cells.length !== names.length) yield bad(number, `${cells.length} columns where ${names.length} belong`);
    else yield rowFrom(number, names, cells, schema, rowOf);
  }
}

const rowFrom = <Schema extends z.ZodObject>(
  line: number,
  names: readonly string[],
  cells: readonly string[],
  schema: Schema,
  rowOf: (columns: z.output<Schema>) => ServiceRow,
): ReadRow => {
  const read = schema.safeParse(Object.fromEntries(names.map((name, at) => [name, cells[at]])));
  if (read.success) return good(line, rowOf(read.data));
  const [issue] = read.error.issues;
  return bad(line, `${issue?.path.join('.') ?? 'row'}: ${issue?.message ?? 'not valid'}`);
};

const cellsOf = (text: string): readonly string[] | undefined => {
  if (!text.includes('"')) return text.split(',');
  try {
    // A quote that never closes takes no other line with it.
    const records = parse(text, { record_delimiter: '\u0000' }) as string[][];
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
};
