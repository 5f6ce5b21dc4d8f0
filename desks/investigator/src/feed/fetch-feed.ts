import { done, failed, nothing, type Outcome, refused } from '@tutela/core';
import { createFeedClient, type FeedAddress } from '@tutela/feed';
import { holdingFeed, noteFetched, obtainFeed } from './queries.js';
import { type PullDeps, type Pulled, type PullFault, readFeed } from './read-feed.js';

/** `being-fetched`: another fetch of this feed is under way. `turn-past`: the feed was fetched since this was planned. */
export type FetchRefusal = PullFault | 'being-fetched' | 'turn-past';

export interface FetchWish {
  readonly address: FeedAddress;
  readonly actor: string;
  /** Only if nobody has fetched since: how many fetches had ended then. */
  readonly turn?: number;
}

/**
 * One fetch of one feed at a time, whoever asks for it and wherever (test: "a person and the node do not fetch from one
 * feed at once"). How it ended is noted with the feed; a fetch that is killed has not ended, and goes on where it was.
 */
export const fetchFeed = async (
  deps: PullDeps,
  { address, actor, turn }: FetchWish,
): Promise<Outcome<Pulled, FetchRefusal>> => {
  const { db, clock } = deps;
  const { feed_id: feedId } = await obtainFeed(db, address);
  return await holdingFeed(db, feedId, async (feed) => {
    if (feed === undefined) return refused('being-fetched', 'another fetch of this feed is under way');
    if (turn !== undefined && feed.turn !== turn) return nothing('turn-past', 'it was fetched since');
    const client = createFeedClient(address);
    const pulled = await readFeed({ ...deps, client, feedId, actor }, feed.position).catch(async (error: unknown) => {
      // What it says may be of anything here; it stands in the log alone.
      await noteFetched(db, feed, { at: clock.now(), fault: { fault: 'internal', fault_message: '' } });
      throw error;
    });
    if (pulled.kind === 'done') {
      await noteFetched(db, feed, { at: clock.now() });
      return done(pulled.value);
    }
    const { code, message } = pulled.reason;
    await noteFetched(db, feed, { at: clock.now(), fault: { fault: code, fault_message: message } });
    return failed(code, message);
  });
};
