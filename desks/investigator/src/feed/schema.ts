import type { Branded, UtcInstant } from '@tutela/core';
import type { ReferralSummary } from '@tutela/feed';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { ReportId } from '../schema.js';
import type { PullFault } from './read-feed.js';

export type FeedId = Branded<string, 'investigator.FeedId'>;

export interface FeedTable {
  readonly feed_id: FeedId;
  readonly base_url: string;
  readonly authority: string;
  readonly position: number;
  /** End of the last fetch, whatever came of it; null: there was none. */
  readonly pulled_at: UtcInstant | null;
  /** When it was last read to its end. */
  readonly fetched_at: UtcInstant | null;
  /** Fetches that ended. */
  readonly turn: number;
  /** Of them in a row, until now, that did not come to the end. */
  readonly failures: number;
  readonly fault: FetchFault | null;
  readonly fault_message: string | null;
}

/** Why a fetch did not come to its end. `internal`: the reason is here and not at the clearinghouse. */
export type FetchFault = PullFault | 'internal';

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

/** Fetched, and not to be read; the clearinghouse has not been told that it arrived. */
export interface UnreadReportTable {
  readonly feed_id: FeedId;
  readonly referral_id: string;
  readonly report_number: string;
  readonly message: string;
  readonly tried_at: UtcInstant;
}

export type FeedTables = {
  readonly 'investigator.feed': FeedTable;
  readonly 'investigator.unread_report': UnreadReportTable;
  readonly 'investigator.pulled_report': PulledReportTable;
};

/** How far a feed was read can be found out again; what came from where cannot. */
export const feedCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.pulled_report', key: ['feed_id', 'referral_id', 'report_number'] },
];
