import { useNavigate } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { type Column, EmptyState, QueueTable, type ReadWindow } from '../../design/index.js';

export interface FilesTableProps<Row> {
  readonly caseRef: string;
  /** Names the queries and the texts. */
  readonly of: 'items' | 'matches';
  readonly search: object;
  readonly read: ReadWindow<Row>;
  readonly columns: readonly Column<Row>[];
}

/** Files of a case, one row each, by windows; a row leads to its file. */
export const FilesTable = <Row extends { readonly itemId: number }>(props: FilesTableProps<Row>) => {
  const { caseRef, of, search, read, columns } = props;
  const { say } = useTongue();
  const navigate = useNavigate();
  return (
    <QueueTable<Row>
      key={JSON.stringify([caseRef, search])}
      label={say(`investigator.${of}.title`)}
      queryKey={['investigator', of, caseRef, search]}
      read={read}
      rowKey={({ itemId }) => String(itemId)}
      onOpen={({ itemId }) =>
        void navigate({
          to: '/desk/investigator/cases/$case/items/$item',
          params: { case: caseRef, item: String(itemId) },
          search: {},
        })
      }
      empty={<EmptyState title={say(`investigator.${of}.none`)}>{say(`investigator.${of}.none-why`)}</EmptyState>}
      columns={columns}
    />
  );
};
