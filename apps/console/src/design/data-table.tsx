import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, in digits of one width. */
  readonly align?: 'start' | 'end';
  /** A track of CSS grid, for QueueTable: `8rem`, `2fr`. Default: `1fr`. */
  readonly width?: string;
}

export interface DataTableProps<Row> {
  /** Read out before the table, and shown above it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** A table of at most some hundred rows, all of them there. For more: QueueTable. */
export const DataTable = <Row,>({ caption, columns, rows, rowKey }: DataTableProps<Row>) => (
  // A wide table scrolls by itself, also by keyboard. A group and no section: a landmark for each table would bury the others.
  // biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
  <div className="scroll" role="group" tabIndex={0} aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ id, header, align }) => (
            <th key={id} scope="col" data-align={align}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ id, cell, align }) => (
              <td key={id} data-align={align}>
                {cell(row) ?? '—'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
