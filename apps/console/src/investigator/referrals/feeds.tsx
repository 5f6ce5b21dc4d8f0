import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FeedBody, PulledBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { asProblem, type Problem } from '../../app/problem.js';
import { useTongue } from '../../app/tongue.js';
import { Answer, Button, DataTable, EmptyState, FailedState, Progress, Section, Time } from '../../design/index.js';
import { FeedState, FeedTroubles, NextFetch } from './feed-schedule.js';
import { FetchResult } from './fetch-result.js';
import { feedsQuery, pull } from './queries.js';

type Fetch =
  | { readonly kind: 'resting' }
  | { readonly kind: 'fetching'; readonly feed: string; readonly from: number }
  | { readonly kind: 'fetched'; readonly pulled: PulledBody }
  | { readonly kind: 'failed'; readonly feed: FeedBody; readonly problem: Problem };

/** The clearinghouses that the operator configured, and the fetching of what they have. */
export const Feeds = () => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [fetch, setFetch] = useState<Fetch>({ kind: 'resting' });
  const query = useQuery(feedsQuery(fetch.kind === 'fetching' ? 'fetching' : 'resting'));
  const start = async (feed: FeedBody) => {
    setFetch({ kind: 'fetching', feed: feed.name, from: feed.position ?? 0 });
    try {
      setFetch({ kind: 'fetched', pulled: await pull(feed.name) });
    } catch (error) {
      setFetch({ kind: 'failed', feed, problem: asProblem(error) });
    }
    await client.invalidateQueries({ queryKey: ['investigator'] });
  };
  return (
    <Section title={say('investigator.feeds.title')} about={say('investigator.feeds.about')}>
      <Answer query={query}>
        {({ feeds }) =>
          feeds.length === 0 ? (
            <EmptyState title={say('investigator.feeds.none')}>
              {say('investigator.feeds.none-why')} <code>tutela referral add-feed</code>
            </EmptyState>
          ) : (
            <>
              <FeedTable feeds={feeds} fetch={fetch} onFetch={(feed) => void start(feed)} />
              {fetch.kind === 'fetching' && (
                <Progress
                  label={say('investigator.feed.fetching', { feed: fetch.feed })}
                  done={Math.max(0, (feeds.find(({ name }) => name === fetch.feed)?.position ?? 0) - fetch.from)}
                  total={null}
                />
              )}
              <FeedTroubles feeds={feeds.filter(({ name }) => fetch.kind !== 'failed' || fetch.feed.name !== name)} />
            </>
          )
        }
      </Answer>
      {fetch.kind === 'fetched' && <FetchResult pulled={fetch.pulled} />}
      {fetch.kind === 'failed' && <FailedState problem={fetch.problem} onRetry={() => void start(fetch.feed)} />}
    </Section>
  );
};

interface FeedTableProps {
  readonly feeds: readonly FeedBody[];
  readonly fetch: Fetch;
  readonly onFetch: (feed: FeedBody) => void;
}

const FeedTable = ({ feeds, fetch, onFetch }: FeedTableProps) => {
  const { say } = useTongue();
  const buttonState = ({ name, state }: FeedBody) => {
    if (fetch.kind === 'fetching') return fetch.feed === name ? 'busy' : 'disabled';
    return state === 'ready' ? 'ready' : 'disabled';
  };
  return (
    <DataTable
      caption={say('investigator.feeds.caption')}
      rows={feeds}
      rowKey={({ name }) => name}
      columns={[
        { id: 'name', header: say('investigator.feed.name'), cell: ({ name }) => name },
        {
          id: 'clearinghouse',
          header: say('investigator.feed.clearinghouse'),
          cell: ({ clearinghouse }) => clearinghouse,
        },
        { id: 'authority', header: say('investigator.feed.authority'), cell: ({ authority }) => authority },
        {
          id: 'state',
          header: say('investigator.feed.state'),
          cell: (feed) => <FeedState feed={feed} />,
        },
        {
          id: 'fetched',
          header: say('investigator.feed.pulled'),
          cell: ({ fetchedAt }) => (fetchedAt === null ? say('investigator.feed.never') : <Time at={fetchedAt} />),
        },
        { id: 'next', header: say('investigator.feed.next'), cell: (feed) => <NextFetch feed={feed} /> },
        {
          id: 'act',
          header: say('investigator.feed.act'),
          cell: (feed) => (
            <Button
              state={buttonState(feed)}
              label={say('investigator.feed.fetch-from', { feed: feed.name })}
              onPress={() => onFetch(feed)}
            >
              {say('investigator.feed.fetch')}
            </Button>
          ),
        },
      ]}
    />
  );
};
