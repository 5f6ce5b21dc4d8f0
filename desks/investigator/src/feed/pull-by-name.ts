import { type Outcome, refused } from '@tutela/core';
import type { FeedBook } from './feed-book.js';
import { type PullDeps, type Pulled, type PullFault, pullReferrals } from './pull-referrals.js';

/** Of the pull, told apart from the node's own faults. */
export type NamedPullFault = 'unknown-feed' | 'feed-malformed' | 'feed-open-to-others' | `feed-${PullFault}`;

/** Fetches from a feed of the operator's: whoever asks names it, and can give neither address nor credential. */
export const pullByName = async (
  deps: PullDeps & { readonly feeds: FeedBook },
  { feed: name, actor }: { readonly feed: string; readonly actor: string },
): Promise<Outcome<Pulled, NamedPullFault>> => {
  const feed = (await deps.feeds()).find((one) => one.name === name);
  if (feed === undefined) return refused('unknown-feed', `no feed ${name} is configured here`);
  if (feed.state !== 'ready') return refused(`feed-${feed.state}`, `the file of feed ${name} cannot be used`);
  const pulled = await pullReferrals(deps, { address: feed.address, actor });
  if (pulled.kind === 'done') return pulled;
  const { code, message } = pulled.reason;
  return refused(`feed-${code}`, message);
};
