import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Selectable } from 'kysely';
import type { ConfiguredFeed, FetchEvery } from './feed-book.js';
import { nextFetchAt } from './next-fetch.js';
import { listFeeds, listUnread } from './queries.js';
import type { FeedTable, FetchFault, UnreadReportTable } from './schema.js';

/** How it is with a feed that the operator configured; never its credential. */
export interface FeedStanding {
  readonly name: string;
  readonly state: ConfiguredFeed['state'];
  /** Null, as all that follows, where the feed's file cannot be used. */
  readonly clearinghouse: string | null;
  readonly authority: string | null;
  readonly everyMinutes: FetchEvery | null;
  /** Entries that were dealt with. */
  readonly position: number | null;
  /** When it was last read to its end. */
  readonly fetchedAt: UtcInstant | null;
  /** When it is fetched from without anybody asking; in the past: at once. Null: never. */
  readonly nextAt: UtcInstant | null;
  /** Why the last fetch did not come to its end, and how many in a row did not. */
  readonly fault: {
    readonly code: `feed-${FetchFault}`;
    readonly message: string;
    readonly at: UtcInstant;
    readonly times: number;
  } | null;
  /** Came, could not be read, and was not acknowledged. */
  readonly unread: readonly { readonly reportNumber: string; readonly message: string; readonly at: UtcInstant }[];
}

/** Of each configured feed, in their order. */
export const feedStandings = async (
  db: Db,
  configured: readonly ConfiguredFeed[],
  now: UtcInstant,
): Promise<readonly FeedStanding[]> => {
  const [known, unread] = await Promise.all([listFeeds(db), listUnread(db)]);
  return configured.map((feed) => {
    if (feed.state !== 'ready') return { name: feed.name, state: feed.state, ...unusable };
    const { name, state, address, everyMinutes } = feed;
    const { baseUrl: clearinghouse, authority } = address;
    const row = known.find((one) => one.base_url === clearinghouse && one.authority === authority);
    return {
      name,
      state,
      clearinghouse,
      authority,
      everyMinutes,
      position: row?.position ?? null,
      fetchedAt: row?.fetched_at ?? null,
      nextAt: nextFetchAt(everyMinutes, row ?? neverFetched, now),
      fault: row === undefined ? null : faultOf(row),
      unread: unread.filter(({ feed_id }) => feed_id === row?.feed_id).map(unreadOf),
    };
  });
};

const neverFetched = { pulled_at: null, failures: 0 } as const;

const unusable = {
  clearinghouse: null,
  authority: null,
  everyMinutes: null,
  position: null,
  fetchedAt: null,
  nextAt: null,
  fault: null,
  unread: [],
} as const;

const faultOf = ({ fault, fault_message, pulled_at, failures }: Selectable<FeedTable>): FeedStanding['fault'] =>
  fault === null || pulled_at === null
    ? null
    : { code: `feed-${fault}`, message: fault_message ?? '', at: pulled_at, times: failures };

const unreadOf = ({ report_number, message, tried_at }: UnreadReportTable): FeedStanding['unread'][number] => ({
  reportNumber: report_number,
  message,
  at: tried_at,
});
