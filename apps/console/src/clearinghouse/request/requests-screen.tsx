import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, MoreRows, Page, Time } from '../../design/index.js';
import { requestsQuery } from './queries.js';
import { requestTones } from './request-states.js';

/** Requests across borders: preservation first, with its clock; each from one record, made and sent by a person. */
export const RequestsScreen = () => {
  const { say, country } = useTongue();
  const query = useInfiniteQuery(requestsQuery);
  return (
    <Page
      title={say('clearinghouse.requests.title')}
      about={say('clearinghouse.requests.about')}
      actions={
        <Link className="button" data-kind="main" to="/desk/clearinghouse/requests/new" search={{}}>
          {say('clearinghouse.compose.new')}
        </Link>
      }
    >
      <Answer query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ requests }) => requests);
          if (rows.length === 0) {
            return (
              <EmptyState title={say('clearinghouse.requests.none')}>
                {say('clearinghouse.requests.none-why')}
              </EmptyState>
            );
          }
          return (
            <>
              <DataTable
                caption={say('clearinghouse.requests.title')}
                rows={rows}
                rowKey={({ requestId }) => requestId}
                columns={[
                  {
                    id: 'kind',
                    header: say('clearinghouse.request.kind'),
                    cell: ({ requestId, kind }) => (
                      <Link to="/desk/clearinghouse/requests/$request" params={{ request: requestId }}>
                        {say(`clearinghouse.request.title.${kind}`)}
                      </Link>
                    ),
                  },
                  {
                    id: 'state',
                    header: say('clearinghouse.filter.state'),
                    cell: ({ state }) => (
                      <Badge tone={requestTones[state]}>{say(`clearinghouse.request.state.${state}`)}</Badge>
                    ),
                  },
                  {
                    id: 'to',
                    header: say('clearinghouse.request.addressee'),
                    cell: (row) => `${row.addressee}, ${country(row.country)}`,
                  },
                  { id: 'case', header: say('clearinghouse.request.label.case'), cell: ({ caseRef }) => caseRef },
                  {
                    id: 'made',
                    header: say('clearinghouse.referral.made'),
                    cell: ({ madeAt }) => <Time at={madeAt} />,
                  },
                  { id: 'sent', header: say('clearinghouse.request.sent'), cell: ({ sentAt }) => <Time at={sentAt} /> },
                ]}
              />
              <MoreRows query={query} />
            </>
          );
        }}
      </Answer>
    </Page>
  );
};
