import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Time } from '../../design/index.js';
import { alertsQuery } from './queries.js';

/** Who probed whether something is on a list, hour by hour. */
export const Alerts = () => {
  const { say, number } = useTongue();
  return (
    <Answer query={useQuery(alertsQuery)}>
      {({ alerts }) =>
        alerts.length === 0 ? (
          <EmptyState title={say('clearinghouse.list.no-alerts')}>{say('clearinghouse.list.no-alerts-why')}</EmptyState>
        ) : (
          <DataTable
            caption={say('clearinghouse.list.tab.alerts')}
            rows={alerts}
            rowKey={({ list, source, kind, hour }) => `${list} ${source} ${kind} ${hour}`}
            columns={[
              { id: 'source', header: say('clearinghouse.list.source'), cell: ({ source }) => source },
              {
                id: 'kind',
                header: say('clearinghouse.list.what'),
                cell: ({ kind }) => say(`clearinghouse.list.probe.${kind}`),
              },
              { id: 'list', header: say('clearinghouse.lists.name'), cell: ({ list }) => list },
              {
                id: 'count',
                header: say('clearinghouse.statistics.count'),
                align: 'end',
                cell: ({ count }) => number(count),
              },
              { id: 'hour', header: say('clearinghouse.list.hour'), cell: ({ hour }) => <Time at={hour} /> },
            ]}
          />
        )
      }
    </Answer>
  );
};
