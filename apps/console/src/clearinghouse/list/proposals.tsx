import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ListProposal } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, DataTable, EmptyState, Time } from '../../design/index.js';
import { JudgeDialog } from './judge-dialog.js';
import { proposalsQuery } from './queries.js';

/** What waits for reviewers, and how many have vouched; not who, nor what for, until one has judged oneself. */
export const Proposals = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  const [judging, setJudging] = useState<ListProposal>();
  return (
    <>
      <Answer query={useQuery(proposalsQuery(list))}>
        {({ proposals }) =>
          proposals.length === 0 ? (
            <EmptyState title={say('clearinghouse.list.no-proposals')}>
              {say('clearinghouse.list.no-proposals-why')}
            </EmptyState>
          ) : (
            <>
              <p>
                {say('clearinghouse.list.sign')}{' '}
                <Link to="/desk/oversight/approvals">{say('oversight.approvals.title')}</Link>
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
                    cell: ({ vouchedBy }) => say('clearinghouse.list.vouched', { given: vouchedBy.length }),
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
                  {
                    id: 'act',
                    header: say('clearinghouse.bundle.act'),
                    cell: (proposal) =>
                      proposal.recipient === null && (
                        <Button
                          label={say('clearinghouse.list.judge-this', { digest: proposal.digest.slice(0, 12) })}
                          onPress={() => setJudging(proposal)}
                        >
                          {say('clearinghouse.list.judge')}
                        </Button>
                      ),
                  },
                ]}
              />
            </>
          )
        }
      </Answer>
      {judging !== undefined && <JudgeDialog list={list} proposal={judging} onClose={() => setJudging(undefined)} />}
    </>
  );
};
