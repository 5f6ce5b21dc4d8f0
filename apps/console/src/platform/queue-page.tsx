import type { ReactNode } from 'react';
import { useTongue } from '../app/tongue.js';
import { type Column, EmptyState, Page, QueueTable, type ReadWindow } from '../design/index.js';

export interface QueuePageProps<Row> {
  /** Names the queries and the texts. */
  readonly of: 'matches' | 'reports' | 'stacks';
  readonly filters: ReactNode;
  /** All that the filters hold. */
  readonly search: object;
  readonly read: ReadWindow<Row>;
  readonly rowKey: (row: Row) => string;
  readonly onOpen: (row: Row) => void;
  readonly columns: readonly Column<Row>[];
}

/** A queue of the desk with its filters above it: what is searched for stands in the address. */
export const QueuePage = <Row,>({ of, filters, search, ...table }: QueuePageProps<Row>) => {
  const { say } = useTongue();
  return (
    <Page height="full" title={say(`platform.${of}.title`)} about={say(`platform.${of}.about`)} actions={filters}>
      <QueueTable<Row>
        {...table}
        key={JSON.stringify(search)}
        label={say(`platform.${of}.title`)}
        queryKey={['platform', of, search]}
        empty={<EmptyState title={say(`platform.${of}.none`)}>{say(`platform.${of}.none-why`)}</EmptyState>}
      />
    </Page>
  );
};
