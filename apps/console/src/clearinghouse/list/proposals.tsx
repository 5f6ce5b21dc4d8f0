import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, DataTable, EmptyState, Time } from '../../design/index.js';
import { proposalsQuery } from './queries.js';

/** What waits for reviewers, and who has vouched so far. They sign at the page for approvals, with a passkey. */
export const Proposals = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  return (
    <Answer query={useQuery(proposalsQuery(list))}>
      {({ proposals }) =>
        proposals.length === 0 ? (
          <EmptyState title={say('clearinghouse.list.no-proposals')}>
            {say('clearinghouse.list.no-proposals-why')}
          </EmptyState>
        ) : (
          <>
            <p>
              {say('clearinghouse.list.sign')} <a href="/approvals">{say('common.approvals')}</a>
            </p>
            <DataTable
              caption={say('clearinghouse.list.tab.proposals')}
              rows={proposals}
              rowKey={({ batch }) => batch}
              columns={[
                {
                  id: 'digest',
                  header: say('clearinghouse.list.request'),
                  cell: ({ digest }) => <code title={digest}>{digest.slice(0, 12)}…</code>,
                },
                {
                  id: 'size',
                  header: say('clearinghouse.lists.listed'),
                  align: 'end',
                  cell: ({ size }) => number(size),
                },
                {
                  id: 'by',
                  header: say('clearinghouse.list.proposed-by'),
                  cell: ({ proposedBy }) => proposedBy,
                },
                {
                  id: 'rule',
                  header: say('clearinghouse.list.rule'),
                  cell: ({ rule }) => say(`clearinghouse.list.rule.${rule}`),
                },
                {
                  id: 'vouched',
                  header: say('clearinghouse.list.vouched-by'),
                  cell: ({ vouchedBy }) => vouchedBy.join(', ') || say('clearinghouse.filter.nobody'),
                },
                {
                  id: 'recipient',
                  header: say('clearinghouse.list.canaries-of'),
                  cell: ({ recipient }) => recipient,
                },
                {
                  id: 'expires',
                  header: say('clearinghouse.list.lapses'),
                  cell: ({ expiresAt }) => <Time at={expiresAt} />,
                },
              ]}
            />
          </>
        )
      }
    </Answer>
  );
};
