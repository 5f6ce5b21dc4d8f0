import { useQuery } from '@tanstack/react-query';
import type { ListCandidate } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, DataTable, EmptyState, Time } from '../../design/index.js';
import { fingerprintText } from './fingerprint-text.js';
import { ProposeDialog } from './propose-dialog.js';
import { candidatesQuery } from './queries.js';

/** New material that no list knows, oldest first; what a program thinks of it orders nothing and lists nothing. */
export const Candidates = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  const [proposing, setProposing] = useState<ListCandidate>();
  return (
    <>
      <Answer query={useQuery(candidatesQuery(list))}>
        {({ candidates }) =>
          candidates.length === 0 ? (
            <EmptyState title={say('clearinghouse.list.no-candidates')}>
              {say('clearinghouse.list.no-candidates-why')}
            </EmptyState>
          ) : (
            <DataTable
              caption={say('clearinghouse.list.tab.candidates')}
              rows={candidates}
              rowKey={({ candidate }) => candidate}
              columns={[
                {
                  id: 'fingerprints',
                  header: say('clearinghouse.list.fingerprints'),
                  cell: ({ fingerprints }) => <code>{fingerprintText(fingerprints)}</code>,
                },
                {
                  id: 'from',
                  header: say('clearinghouse.list.provenance'),
                  cell: ({ origin, ref }) => `${say(`clearinghouse.list.origin.${origin}`)} ${ref}`,
                },
                {
                  id: 'received',
                  header: say('clearinghouse.list.received'),
                  cell: ({ receivedAt }) => <Time at={receivedAt} />,
                },
                {
                  id: 'guess',
                  header: say('clearinghouse.list.guess'),
                  cell: ({ verdicts }) =>
                    verdicts.length === 0
                      ? say('clearinghouse.list.no-guess')
                      : verdicts
                          .map(({ classifier, version, label, score }) =>
                            say('clearinghouse.list.guessed', { label, score: number(score), classifier, version }),
                          )
                          .join('; '),
                },
                {
                  id: 'act',
                  header: say('clearinghouse.bundle.act'),
                  cell: (candidate) => (
                    <Button
                      label={say('clearinghouse.list.propose-this', { ref: candidate.ref })}
                      onPress={() => setProposing(candidate)}
                    >
                      {say('clearinghouse.list.propose')}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Answer>
      {proposing !== undefined && (
        <ProposeDialog list={list} candidate={proposing} onClose={() => setProposing(undefined)} />
      )}
    </>
  );
};
