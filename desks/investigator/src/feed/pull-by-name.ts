import { type Outcome, refused } from '@tutela/core';
import type { FeedBook } from './feed-book.js';
import { type FetchRefusal, type FetchWish, fetchFeed } from './fetch-feed.js';
import type { PullDeps, Pulled } from './read-feed.js';

/** Of the pull, told apart from the node's own faults. */
export type NamedPullFault = 'unknown-feed' | 'feed-malformed' | 'feed-open-to-others' | `feed-${FetchRefusal}`;

/** Fetches from a feed of the operator's: whoever asks names it, and can give neither address nor credential. */
export const pullByName = async (
  deps: PullDeps & { readonly feeds: FeedBook },
  { feed: name, ...wish }: { readonly feed: string } & Omit<FetchWish, 'address'>,
): Promise<Outcome<Pulled, NamedPullFault>> => {
  const feed = (await deps.feeds()).find((one) => one.name === name);
  if (feed === undefined) return refused('unknown-feed', `no feed ${name} is configured here`);
  if (feed.state !== 'ready') return refused(`feed-${feed.state}`, `the file of feed ${name} cannot be used`);
  const pulled = await fetchFeed(deps, { address: feed.address, ...wish });
  if (pulled.kind === 'done') return pulled;
  const { code, message } = pulled.reason;
  return refused(`feed-${code}`, message);
};
