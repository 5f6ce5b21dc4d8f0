import { toInstant, type UtcInstant } from '@tutela/core';
import type { FetchEvery } from './feed-book.js';

/** How the last fetch of a feed ended. */
export interface LastFetch {
  /** Null: there was none. */
  readonly pulled_at: UtcInstant | null;
  /** In a row, until now. */
  readonly failures: number;
}

const longestMinutes = 60;

/**
 * When a feed is fetched from without anybody asking; null: never. After a fetch that failed it is tried again in one
 * minute, then two, four and so on up to an hour, whatever the interval: what waits there may be a child in danger.
 */
export const nextFetchAt = (
  every: FetchEvery,
  { pulled_at: last, failures }: LastFetch,
  now: UtcInstant,
): UtcInstant | null => {
  if (every === 'never') return null;
  if (last === null) return now;
  const minutes = failures === 0 ? every : Math.min(longestMinutes, 2 ** (Math.min(failures, 10) - 1));
  return toInstant(new Date(Date.parse(last) + minutes * 60_000));
};
