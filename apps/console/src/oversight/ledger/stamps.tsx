import { useTongue } from '../../app/tongue.js';
import { DataTable, EmptyState, Time } from '../../design/index.js';

/** As `timestampJson` of the node tells each. */
interface Stamp {
  readonly authority: string;
  readonly size: number | null;
  readonly stampedAt: string | null;
  readonly failures: number;
  readonly lastFailure: string | null;
}

/** Authorities of time (RFC 3161) that say when the record was so long. */
export const Stamps = ({ stamps }: { readonly stamps: readonly unknown[] }) => {
  const { say, number } = useTongue();
  if (stamps.length === 0)
    return <EmptyState title={say('oversight.ledger.no-stamps')}>{say('oversight.ledger.no-stamps-why')}</EmptyState>;
  return (
    <DataTable
      caption={say('common.table-of', { what: say('oversight.ledger.stamps') })}
      rows={stamps as readonly Stamp[]}
      rowKey={({ authority }) => authority}
      columns={[
        { id: 'authority', header: say('oversight.stamp.authority'), cell: ({ authority }) => authority },
        {
          id: 'size',
          header: say('common.ledger.size'),
          align: 'end',
          cell: ({ size }) => (size === null ? null : number(size)),
        },
        { id: 'at', header: say('oversight.stamp.at'), cell: ({ stampedAt }) => <Time at={stampedAt} /> },
        { id: 'failures', header: say('oversight.stamp.failures'), align: 'end', cell: (row) => number(row.failures) },
        { id: 'last', header: say('oversight.stamp.last-failure'), cell: ({ lastFailure }) => lastFailure },
      ]}
    />
  );
};
