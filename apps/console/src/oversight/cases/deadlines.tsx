import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, ShortCode, Time } from '../../design/index.js';
import { deadlinesQuery } from '../queries.js';

/** Dates of authorities in the next ninety days, and those that passed and that nobody acted on. */
export const Deadlines = () => {
  const { say, away } = useTongue();
  const query = useQuery(deadlinesQuery);
  return (
    <Answer query={query}>
      {({ deadlines }) =>
        deadlines.length === 0 ? (
          <EmptyState title={say('oversight.deadlines.none')}>{say('oversight.deadlines.none-why')}</EmptyState>
        ) : (
          <DataTable
            caption={say('oversight.deadlines.caption')}
            rows={deadlines}
            rowKey={({ authority, kind, at }) => `${authority} ${kind} ${at}`}
            columns={[
              {
                id: 'state',
                header: say('oversight.deadlines.state'),
                cell: ({ state, at }) => (
                  <Badge tone={state === 'overdue' ? 'alarm' : 'waiting'}>
                    {state === 'overdue' ? say('oversight.deadlines.overdue') : away(at, new Date())}
                  </Badge>
                ),
              },
              { id: 'at', header: say('oversight.deadlines.at'), cell: ({ at }) => <Time at={at} /> },
              {
                id: 'kind',
                header: say('oversight.deadlines.what'),
                cell: ({ kind }) => say(`oversight.deadline.${kind}`),
              },
              { id: 'case', header: say('oversight.approvals.case'), cell: ({ caseRef }) => caseRef },
              {
                id: 'authority',
                header: say('oversight.deadlines.authority'),
                cell: ({ authority }) => <ShortCode code={authority} />,
              },
            ]}
          />
        )
      }
    </Answer>
  );
};
