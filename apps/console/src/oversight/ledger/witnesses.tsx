import { useTongue } from '../../app/tongue.js';
import { Badge, DataTable, EmptyState, Time } from '../../design/index.js';

/** As `witnessStatus` of the node tells each. */
interface Witness {
  readonly witness: string;
  readonly signed: number | null;
  readonly at: string | null;
  readonly behind: number;
  readonly state: string;
}

const toneOf = ({ state }: Witness) =>
  state === 'up to date' ? 'good' : state === 'behind' ? 'waiting' : ('alarm' as const);

/** Who else signs the head of the record, and how far each has followed. */
export const Witnesses = ({ witnesses }: { readonly witnesses: readonly unknown[] | string }) => {
  const { say, number } = useTongue();
  if (typeof witnesses === 'string')
    return (
      <EmptyState title={say('oversight.ledger.no-witness')}>
        <p>{say('oversight.ledger.no-witness-why')}</p>
        <p>
          <code>tutela witness init</code> · <code>tutela ledger policy --help</code>
        </p>
      </EmptyState>
    );
  const words = ({ state }: Witness) =>
    state === 'up to date' || state === 'behind'
      ? say(`oversight.witness.${state === 'behind' ? 'behind' : 'up-to-date'}`)
      : state;
  return (
    <DataTable
      caption={say('common.table-of', { what: say('oversight.ledger.witnesses') })}
      rows={witnesses as readonly Witness[]}
      rowKey={({ witness }) => witness}
      columns={[
        { id: 'witness', header: say('oversight.witness.name'), cell: ({ witness }) => witness },
        {
          id: 'state',
          header: say('oversight.witness.state'),
          cell: (row) => <Badge tone={toneOf(row)}>{words(row)}</Badge>,
        },
        {
          id: 'signed',
          header: say('oversight.witness.signed'),
          align: 'end',
          cell: ({ signed }) => (signed === null ? null : number(signed)),
        },
        {
          id: 'behind',
          header: say('oversight.witness.unseen'),
          align: 'end',
          cell: ({ behind }) => number(behind),
        },
        { id: 'at', header: say('oversight.witness.at'), cell: ({ at }) => <Time at={at} /> },
      ]}
    />
  );
};
