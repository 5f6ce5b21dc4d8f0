import type { Branded, UtcInstant } from '@tutela/core';
import type { ReferralSummary } from '@tutela/feed';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { ReportId } from '../schema.js';

export type FeedId = Branded<string, 'investigator.FeedId'>;

export interface FeedTable {
  readonly feed_id: FeedId;
  readonly base_url: string;
  readonly authority: string;
  readonly position: number;
  readonly pulled_at: UtcInstant;
}

export interface PulledReportTable {
  readonly feed_id: FeedId;
  readonly referral_id: string;
  readonly report_number: string;
  readonly report_id: ReportId;
  readonly label: ReferralSummary['label'];
  readonly lane: ReferralSummary['lane'];
  readonly pulled_at: UtcInstant;
  readonly withdrawn_at: UtcInstant | null;
}

export type FeedTables = {
  readonly 'investigator.feed': FeedTable;
  readonly 'investigator.pulled_report': PulledReportTable;
};

/** How far a feed was read can be found out again; what came from where cannot. */
export const feedCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.pulled_report', key: ['feed_id', 'referral_id', 'report_number'] },
];
