import { type Clock, done, type Outcome, refused } from '@tutela/core';
import type { ExchangeEntry, ExchangeTime } from './documents.js';
import type { ExchangeClient, ExchangeFault } from './exchange-client.js';
import { exchangeTime } from './exchange-time.js';

/** What a subscriber keeps of a list, wherever that is. */
export interface Held {
  /** End of the last window that was read to its last page; `undefined` before the first. */
  readonly checkpoint: () => Promise<ExchangeTime | undefined>;
  /** Takes a page of changes: an entry takes the place of what is held under its member and id, or takes it away. */
  readonly apply: (changes: readonly ExchangeEntry[]) => Promise<void>;
  /** Called after the last page of a window: from here the next one begins. */
  readonly advance: (checkpoint: ExchangeTime) => Promise<void>;
}

export interface Followed {
  readonly from: ExchangeTime;
  readonly to: ExchangeTime;
  readonly pages: number;
  readonly shared: number;
  readonly deleted: number;
}

interface FollowDeps {
  readonly client: ExchangeClient;
  readonly held: Held;
  readonly clock: Clock;
}

const beginning = '1970-01-01T00:00:00Z';
/** Seconds that a window stays behind the other side's clock: in the newest one changes may still be on their way. */
const lag = 5;

/**
 * Reads what has changed since the checkpoint. The answers are in no order, so the checkpoint moves only after the last
 * page; broken off on the way, the same window is read again and applied again, which changes nothing.
 *
 * A change between two pages moves its entry out of the window, and it comes with the next one. The window ends by the
 * other side's clock, since a subscriber whose own is ahead would step over what is still to come.
 */
export const followList = async ({
  client,
  held,
  clock,
}: FollowDeps): Promise<Outcome<Followed, ExchangeFault | 'endless'>> => {
  const status = await client.status();
  if (status.kind !== 'done') return status;
  const now = Math.min(Date.parse(clock.now()), status.value.now ?? Number.POSITIVE_INFINITY);
  const from = (await held.checkpoint()) ?? beginning;
  const to = exchangeTime(now - lag * 1000);
  const counts = { pages: 0, shared: 0, deleted: 0 };
  if (to <= from) return done({ from, to: from, ...counts });
  const seen = new Set<string>();
  let page = await client.entries({ from, to });
  for (;;) {
    if (page.kind !== 'done') return page;
    const { entries, next } = page.value;
    await held.apply(entries);
    counts.pages++;
    for (const { kind } of entries) counts[kind]++;
    if (next === undefined) break;
    if (seen.has(next)) return refused('endless', 'the exchange leads in a circle');
    seen.add(next);
    page = await client.page(next);
  }
  await held.advance(to);
  return done({ from, to, ...counts });
};
