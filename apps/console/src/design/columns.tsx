import { useTongue } from '../app/tongue.js';
import type { Column } from './data-table.js';
import { Time } from './history.js';

/** Columns that many tables have, alike everywhere: counts stand at the end, a moment has the width of one. */
export const useColumns = <Row,>() => {
  const { number } = useTongue();
  return {
    count: (id: string, header: string, of: (row: Row) => number, width = '5.5rem'): Column<Row> => ({
      id,
      header,
      width,
      align: 'end',
      cell: (row) => number(of(row)),
    }),
    moment: (id: string, header: string, of: (row: Row) => string | null): Column<Row> => ({
      id,
      header,
      width: '13rem',
      cell: (row) => <Time at={of(row)} />,
    }),
    /** One line of text, whole when pointed at. */
    text: (id: string, header: string, of: (row: Row) => string | null, width = '1fr'): Column<Row> => ({
      id,
      header,
      width,
      cell: (row) => <span title={of(row) ?? undefined}>{of(row) ?? '—'}</span>,
    }),
  };
};
