import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ListEntry } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import {
  Answer,
  Badge,
  Button,
  ConfirmDialog,
  DataTable,
  EmptyState,
  MoreRows,
  Time,
  type Tone,
} from '../../design/index.js';
import { fingerprintText } from './fingerprint-text.js';
import { entriesQuery, withdrawEntry } from './queries.js';

const tones: Readonly<Record<ListEntry['state'], Tone>> = {
  proposed: 'waiting',
  'vouched-once': 'waiting',
  listed: 'good',
  withdrawn: 'neutral',
  refused: 'neutral',
};

/** What stands on the list, with where it is from; one person withdraws, since a wrong entry harms people every minute. */
export const Entries = ({ list }: { readonly list: string }) => {
  const { say, number } = useTongue();
  const client = useQueryClient();
  const query = useInfiniteQuery(entriesQuery(list));
  const [withdrawing, setWithdrawing] = useState<ListEntry>();
  return (
    <>
      <Answer query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ entries }) => entries);
          if (rows.length === 0) {
            return (
              <EmptyState title={say('clearinghouse.list.no-entries')}>
                {say('clearinghouse.list.no-entries-why')}
              </EmptyState>
            );
          }
          return (
            <>
              <DataTable
                caption={say('clearinghouse.list.tab.entries')}
                rows={rows}
                rowKey={({ entry }) => entry}
                columns={[
                  {
                    id: 'state',
                    header: say('clearinghouse.filter.state'),
                    cell: ({ state }) => <Badge tone={tones[state]}>{say(`clearinghouse.list.state.${state}`)}</Badge>,
                  },
                  { id: 'fingerprints', header: say('clearinghouse.list.fingerprints'), cell: shortened },
                  {
                    id: 'category',
                    header: say('clearinghouse.list.category'),
                    cell: (entry) => unlessWaiting(entry, entry.category),
                  },
                  { id: 'from', header: say('clearinghouse.list.provenance'), cell: ({ provenance }) => provenance },
                  {
                    id: 'vetting',
                    header: say('clearinghouse.list.vetting'),
                    cell: (entry) => unlessWaiting(entry, entry.vetting),
                  },
                  {
                    id: 'doubts',
                    header: say('clearinghouse.list.doubts'),
                    align: 'end',
                    cell: ({ negativeFeedback }) => number(negativeFeedback),
                  },
                  {
                    id: 'at',
                    header: say('clearinghouse.list.changed'),
                    cell: ({ changedAt }) => <Time at={changedAt} />,
                  },
                  {
                    id: 'act',
                    header: say('clearinghouse.bundle.act'),
                    cell: (entry) =>
                      entry.state === 'listed' ? (
                        <Button kind="danger" onPress={() => setWithdrawing(entry)}>
                          {say('clearinghouse.list.withdraw')}
                        </Button>
                      ) : null,
                  },
                ]}
              />
              <MoreRows query={query} />
            </>
          );
        }}
      </Answer>
      {withdrawing !== undefined && (
        <ConfirmDialog
          title={say('clearinghouse.list.withdraw')}
          confirm={say('clearinghouse.list.withdraw')}
          kind="danger"
          onClose={() => setWithdrawing(undefined)}
          onConfirm={async (reason) => {
            await withdrawEntry(list, withdrawing.entry, reason);
            await client.invalidateQueries({ queryKey: ['clearinghouse'] });
          }}
        >
          <p>{say('clearinghouse.list.then-withdraw')}</p>
          <p>{shortened(withdrawing)}</p>
        </ConfirmDialog>
      )}
    </>
  );
};

const shortened = ({ fingerprints, large }: ListEntry) => <code>{fingerprintText(fingerprints, large)}</code>;

/** Reviewers who have yet to judge an entry are not told here what somebody else made of it. */
const unlessWaiting = ({ state }: ListEntry, said: string | null): string | null =>
  state === 'proposed' || state === 'vouched-once' ? null : said;
