import { printJson, type TutelaContext } from '../context.js';
import { type Column, formatTable } from './table.js';

interface Naming {
  /** Member of the JSON document that holds the rows. */
  readonly name: string;
  /** What is said instead of an empty table. */
  readonly empty: string;
}

/** Rows as a table, as one JSON document `{v, name: [...]}`, or as JSON lines. */
export const printRows = <Row>(
  context: TutelaContext,
  { json, jsonl }: { readonly json: boolean; readonly jsonl: boolean },
  { name, empty }: Naming,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): void => {
  if (json) printJson(context, { v: 1, [name]: rows });
  else if (jsonl) for (const row of rows) context.process.stdout.write(`${JSON.stringify(row)}\n`);
  else if (rows.length > 0) context.process.stdout.write(formatTable(columns, rows));
  else context.log(empty);
};
