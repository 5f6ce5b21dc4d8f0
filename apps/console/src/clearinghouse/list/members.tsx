import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, DataTable, EmptyState, Time } from '../../design/index.js';
import { membersQuery } from './queries.js';

const tones = { open: 'good', waiting: 'waiting', revoked: 'neutral' } as const;

/** Who has access to this list, how often they may ask, and when they last did. */
export const Members = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  return (
    <Answer query={useQuery(membersQuery)}>
      {({ members }) => {
        const rows = members.flatMap((member) =>
          member.access.filter((one) => one.list === list).map((access) => ({ ...member, access })),
        );
        if (rows.length === 0) {
          return (
            <EmptyState title={say('clearinghouse.list.no-members')}>
              {say('clearinghouse.list.no-members-why')} <code>tutela hashlist admit</code>
            </EmptyState>
          );
        }
        return (
          <DataTable
            caption={say('clearinghouse.list.tab.members')}
            rows={rows}
            rowKey={({ member }) => String(member)}
            columns={[
              { id: 'name', header: say('clearinghouse.list.member'), cell: ({ name }) => name },
              {
                id: 'access',
                header: say('clearinghouse.list.access'),
                cell: ({ access: { state } }) => (
                  <Badge tone={tones[state]}>{say(`clearinghouse.list.access.${state}`)}</Badge>
                ),
              },
              {
                id: 'quota',
                header: say('clearinghouse.list.quota'),
                align: 'end',
                cell: ({ requestsPerMinute }) => number(requestsPerMinute),
              },
              {
                id: 'granted',
                header: say('clearinghouse.list.granted'),
                cell: ({ access }) => <Time at={access.grantedAt} />,
              },
              {
                id: 'poll',
                header: say('clearinghouse.list.last-poll'),
                cell: ({ access }) => <Time at={access.lastPollAt} />,
              },
              {
                id: 'window',
                header: say('clearinghouse.list.has-until'),
                cell: ({ access }) => <Time at={access.lastWindowEnd} />,
              },
            ]}
          />
        );
      }}
    </Answer>
  );
};
