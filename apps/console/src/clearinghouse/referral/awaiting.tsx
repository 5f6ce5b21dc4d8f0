import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Section, Time } from '../../design/index.js';
import { Notices } from './notices.js';
import { awaitingQuery } from './queries.js';
import { useAuthorityName } from './use-authority-name.js';

/** What has to be asked for again: referrals nobody took over, notices that do not arrive, deadlines. */
export const Awaiting = () => {
  const { say, country } = useTongue();
  const nameOf = useAuthorityName();
  return (
    <Answer query={useQuery(awaitingQuery)}>
      {({ referrals, notices, deadlines }) => {
        if (referrals.length + notices.length + deadlines.length === 0) {
          return (
            <EmptyState title={say('clearinghouse.awaiting.none')}>{say('clearinghouse.awaiting.none-why')}</EmptyState>
          );
        }
        return (
          <>
            <Section
              title={say('clearinghouse.awaiting.referrals')}
              about={say('clearinghouse.awaiting.referrals-about')}
            >
              <DataTable
                caption={say('common.table-of', { what: say('clearinghouse.awaiting.referrals') })}
                rows={referrals}
                rowKey={({ referralId }) => referralId}
                columns={[
                  {
                    id: 'referral',
                    header: say('clearinghouse.referral.authority'),
                    cell: ({ referralId, authorityId }) => (
                      <Link to="/desk/clearinghouse/referrals/$referral" params={{ referral: referralId }}>
                        {nameOf(authorityId)}
                      </Link>
                    ),
                  },
                  { id: 'country', header: say('common.map.country'), cell: (row) => country(row.country) },
                  {
                    id: 'state',
                    header: say('clearinghouse.filter.state'),
                    cell: ({ state }) => say(`clearinghouse.referral.state.${state}`),
                  },
                  {
                    id: 'made',
                    header: say('clearinghouse.referral.made'),
                    cell: ({ madeAt }) => <Time at={madeAt} />,
                  },
                ]}
              />
            </Section>
            <Notices notices={notices} />
            <Section title={say('clearinghouse.awaiting.deadlines')}>
              <DataTable
                caption={say('common.table-of', { what: say('clearinghouse.awaiting.deadlines') })}
                rows={deadlines}
                rowKey={({ requestId, kind }) => `${requestId} ${kind}`}
                columns={[
                  {
                    id: 'kind',
                    header: say('clearinghouse.request.clock'),
                    cell: ({ requestId, kind }) => (
                      <Link to="/desk/clearinghouse/requests/$request" params={{ request: requestId }}>
                        {say(`clearinghouse.request.clock.${kind}`)}
                      </Link>
                    ),
                  },
                  { id: 'at', header: say('clearinghouse.request.label.deadline'), cell: ({ at }) => <Time at={at} /> },
                  {
                    id: 'state',
                    header: say('clearinghouse.filter.state'),
                    cell: ({ state }) => (
                      <Badge tone={state === 'passed' ? 'alarm' : 'waiting'}>
                        {say(`clearinghouse.request.deadline.${state}`)}
                      </Badge>
                    ),
                  },
                ]}
              />
            </Section>
          </>
        );
      }}
    </Answer>
  );
};
