import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Badge, Button, ConfirmDialog, DataTable, EmptyState, Time } from '../../design/index.js';
import { MemberActs } from './member-acts.js';
import { membersQuery, takeAccess } from './queries.js';

const tones = { open: 'good', waiting: 'waiting', revoked: 'neutral' } as const;

/** Who has access to this list, how often they may ask, and when they last did. */
export const Members = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  const client = useQueryClient();
  const query = useQuery(membersQuery);
  const [leaving, setLeaving] = useState<{ readonly member: number; readonly name: string }>();
  return (
    <>
      <MemberActs list={list} members={query.data?.members ?? []} />
      <Answer query={query}>
        {({ members }) => {
          const rows = members.flatMap((member) =>
            member.access.filter((one) => one.list === list).map((access) => ({ ...member, access })),
          );
          if (rows.length === 0) {
            return (
              <EmptyState title={say('clearinghouse.list.no-members')}>
                {say('clearinghouse.list.no-members-why')}
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
                {
                  id: 'act',
                  header: say('clearinghouse.bundle.act'),
                  cell: ({ member, name, access }) =>
                    access.state !== 'revoked' && (
                      <Button
                        kind="danger"
                        label={say('clearinghouse.list.remove-this', { name })}
                        onPress={() => setLeaving({ member, name })}
                      >
                        {say('clearinghouse.list.remove')}
                      </Button>
                    ),
                },
              ]}
            />
          );
        }}
      </Answer>
      {leaving !== undefined && (
        <ConfirmDialog
          title={say('clearinghouse.list.remove-this', { name: leaving.name })}
          confirm={say('clearinghouse.list.remove')}
          kind="danger"
          reason="none"
          onClose={() => setLeaving(undefined)}
          onConfirm={async () => {
            await takeAccess(list, leaving.member);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say('clearinghouse.list.then-remove')}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
