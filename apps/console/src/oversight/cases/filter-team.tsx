import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Time } from '../../design/index.js';
import { filterQuery } from '../queries.js';

const tones = { waiting: 'waiting', released: 'good', withheld: 'neutral' } as const;

/** What may be privileged, by name, and how the filter team ruled; what it says and why stays with that team. */
export const FilterTeam = () => {
  const { say } = useTongue();
  const query = useQuery(filterQuery);
  return (
    <Answer query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={say('oversight.filter-team.none')}>{say('oversight.filter-team.none-why')}</EmptyState>
        ) : (
          <DataTable
            caption={say('oversight.cases.filter')}
            rows={items}
            rowKey={({ caseRef, itemRef }) => `${caseRef} ${itemRef}`}
            columns={[
              {
                id: 'state',
                header: say('oversight.deadlines.state'),
                cell: ({ state }) => <Badge tone={tones[state]}>{say(`oversight.ruling.${state}`)}</Badge>,
              },
              { id: 'case', header: say('oversight.approvals.case'), cell: ({ caseRef }) => caseRef },
              { id: 'item', header: say('oversight.filter-team.item'), cell: ({ itemRef }) => itemRef },
              { id: 'at', header: say('oversight.filter-team.since'), cell: ({ routedAt }) => <Time at={routedAt} /> },
              { id: 'by', header: say('oversight.filter-team.by'), cell: ({ ruledBy }) => ruledBy },
              { id: 'ruled', header: say('oversight.filter-team.ruled'), cell: ({ ruledAt }) => <Time at={ruledAt} /> },
            ]}
          />
        )
      }
    </Answer>
  );
};
