import { displayWidth, printable } from './printable.js';

export interface Column<Row> {
  readonly heading: string;
  readonly of: (row: Row) => string | number;
}

/** Rows below headings, numbers to the right, nothing but text and spaces. Ends with a newline; no rows, no table. */
export const formatTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string => {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => columns.map(({ of }) => cellOf(of(row))));
  const head = columns.map(({ heading }) => ({ text: heading, side: 'left' as const }));
  const isNumeric = columns.map((_, at) => cells.every((line) => line[at]?.side === 'right'));
  const widths = columns.map((_, at) =>
    Math.max(...[head, ...cells].map((line) => displayWidth(line[at]?.text ?? ''))),
  );
  const lineOf = (line: readonly Cell[]): string =>
    line
      .map(({ text }, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - displayWidth(text));
        return isNumeric[at] ? space + text : text + space;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return `${[lineOf(head), rule, ...cells.map(lineOf)].join('\n')}\n`;
};

interface Cell {
  readonly text: string;
  readonly side: 'left' | 'right';
}

const cellOf = (value: string | number): Cell =>
  typeof value === 'number'
    ? { text: value.toLocaleString('en'), side: 'right' }
    : { text: printable(value), side: 'left' };
