import type { Db } from '@tutela/db';
import type { FeedEntry, FeedStatistics, ReferralDocument, ReferralSummary } from '@tutela/feed';
import { memberNumbers, type ReferralRow } from '../referral/queries/referrals.js';
import type { AuthorityId } from '../referral/schema.js';
import { type Counted, countReferralsByState, countReports, countWords, type EntryRow } from './queries.js';

type Summarised = Pick<
  ReferralRow,
  'referral_id' | 'kind' | 'country' | 'label' | 'lane' | 'incident_type' | 'reports' | 'made_at' | 'state'
>;

const summaryOf = (row: Summarised): ReferralSummary => ({
  referralId: row.referral_id,
  kind: row.kind,
  country: row.country,
  label: row.label,
  lane: row.lane,
  incidentType: row.incident_type,
  reports: row.reports,
  madeAt: row.made_at,
  state: row.state,
});

export const entryOf = (row: EntryRow): FeedEntry => ({
  position: row.position,
  change: row.change,
  at: row.at,
  referral: summaryOf(row),
});

/** The exact document that the authority gets; the console shows the same. */
export const documentOf = async (db: Db, row: ReferralRow): Promise<ReferralDocument> => ({
  ...summaryOf(row),
  labelReason: row.label_reason,
  reason: row.reason,
  acknowledgedAt: row.acknowledged_at,
  reportNumbers: [...(await memberNumbers(db, row.referral_id))],
});

export const statisticsOf = async (db: Db, authorityId: AuthorityId): Promise<FeedStatistics> => {
  const own = { whose: 'authority', id: authorityId } as const;
  const [states, reports, usefulness, outcomes] = await Promise.all([
    countReferralsByState(db, authorityId),
    countReports(db, authorityId),
    countWords(db, 'usefulness', own),
    countWords(db, 'outcome', own),
  ]);
  return { referrals: tally(states), reports, usefulness: tally(usefulness), outcomes: tally(outcomes) };
};

export const tally = (counts: readonly Counted[]): Record<string, number> =>
  Object.fromEntries(counts.map(({ name, n }) => [name, n]));
