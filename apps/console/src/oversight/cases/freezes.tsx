import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Time } from '../../design/index.js';
import { freezesQuery } from '../queries.js';

/** What was stopped because it pointed to something no authority covers, and under what it goes on. */
export const Freezes = () => {
  const { say } = useTongue();
  const query = useQuery(freezesQuery);
  return (
    <Answer query={query}>
      {({ freezes }) =>
        freezes.length === 0 ? (
          <EmptyState title={say('oversight.freezes.none')}>{say('oversight.freezes.none-why')}</EmptyState>
        ) : (
          <DataTable
            caption={say('oversight.cases.freezes')}
            rows={freezes}
            rowKey={({ freezeId }) => freezeId}
            columns={[
              {
                id: 'state',
                header: say('oversight.deadlines.state'),
                cell: ({ liftedAt }) => (
                  <Badge tone={liftedAt === null ? 'alarm' : 'neutral'}>
                    {say(liftedAt === null ? 'oversight.freezes.stands' : 'oversight.freezes.lifted')}
                  </Badge>
                ),
              },
              { id: 'case', header: say('oversight.approvals.case'), cell: ({ caseRef }) => caseRef },
              {
                id: 'what',
                header: say('oversight.freezes.what'),
                cell: ({ extent, object }) =>
                  `${say(`oversight.extent.${extent}`)}${object === null ? '' : ` ${object}`}`,
              },
              { id: 'at', header: say('oversight.freezes.at'), cell: ({ frozenAt }) => <Time at={frozenAt} /> },
              { id: 'by', header: say('oversight.events.actor'), cell: ({ frozenBy }) => frozenBy },
              { id: 'lifted', header: say('oversight.freezes.lifted'), cell: ({ liftedAt }) => <Time at={liftedAt} /> },
              { id: 'under', header: say('oversight.deadlines.authority'), cell: ({ authorityId }) => authorityId },
            ]}
          />
        )
      }
    </Answer>
  );
};
