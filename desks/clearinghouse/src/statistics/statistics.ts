import type { Db } from '@tutela/db';
import { type Count, countsOf, type Median, mediansOf, type Period } from './queries.js';

/** Fewer than this may point at somebody; statistical offices use the same bound. */
const fewest = 5;

/** A number that may be published. */
export type PublishedCount = Omit<Count, 'count'> & { readonly count: number | 'fewer-than-5' };

export interface Statistics {
  readonly counts: readonly PublishedCount[];
  readonly medians: readonly Median[];
}

/**
 * What a clearinghouse may publish of a period (protocols.md §8.3): counts and medians, nothing of any one report. Small
 * counts are told as fewer than five, and medians of so few are left out.
 */
export const statisticsOf = async (db: Db, period: Period): Promise<Statistics> => {
  const [counts, medians] = await Promise.all([countsOf(db, period), mediansOf(db, period)]);
  return {
    counts: counts.map((row) => ({ ...row, count: row.count < fewest ? 'fewer-than-5' : row.count })),
    medians: medians.map((row) => (row.of < fewest ? { ...row, median: null } : row)),
  };
};
