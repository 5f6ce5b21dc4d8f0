import type { Branded, UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { FeedbackOutcome, FeedEntry, ReferralSummary, Usefulness } from '@tutela/feed';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { ColumnType } from 'kysely';
import type { AuthorityRow } from '../authority-registry/authority.js';

export type AuthorityId = Branded<string, 'clearinghouse.AuthorityId'>;
export type ReferralId = Branded<string, 'clearinghouse.ReferralId'>;
export type ForwardId = Branded<string, 'clearinghouse.ForwardId'>;
export type BundleId = Branded<string, 'clearinghouse.BundleId'>;
export type NoticeId = Branded<string, 'clearinghouse.NoticeId'>;
export type FeedbackId = Branded<string, 'clearinghouse.FeedbackId'>;

/** `bigint`, written as digits and read through `::text`. */
type Digits = ColumnType<ReportNumber, ReportNumber, never>;
export type Lane = ReferralSummary['lane'];
export type Label = ReferralSummary['label'];

export interface AuthorityTable extends Omit<AuthorityRow, 'authority_id' | 'address'> {
  readonly authority_id: AuthorityId;
  readonly address: string | null;
  readonly file_sha256: string;
  readonly imported_at: UtcInstant;
  readonly imported_by: string;
}

export interface FeedCredentialTable {
  readonly authority_id: AuthorityId;
  readonly credential_sha256: Buffer;
  readonly issued_at: UtcInstant;
  readonly issued_by: string;
}

export interface ForwardTable {
  readonly forward_id: ForwardId;
  readonly bundle_id: BundleId;
  readonly reason: string;
  readonly made_at: UtcInstant;
  readonly made_by: string;
  readonly recalled_at: UtcInstant | null;
  readonly recalled_by: string | null;
  readonly recalled_reason: string | null;
}

export interface ReferralTable {
  readonly referral_id: ReferralId;
  readonly authority_id: AuthorityId;
  readonly country: string;
  readonly kind: 'report' | 'bundle';
  readonly report_number: ColumnType<ReportNumber | null, ReportNumber | null, never>;
  readonly forward_id: ForwardId | null;
  readonly label: Label;
  readonly label_reason: string;
  readonly lane: Lane;
  readonly incident_type: string;
  readonly reports: number;
  readonly reports_sha256: string;
  readonly state: ReferralSummary['state'];
  readonly earlier_state: 'available' | 'downloaded' | 'acknowledged' | null;
  readonly reason: string | null;
  readonly made_at: UtcInstant;
  readonly made_by: string;
  readonly downloaded_at: UtcInstant | null;
  readonly acknowledged_at: UtcInstant | null;
  readonly receipt: string | null;
  readonly superseded_by: ForwardId | null;
}

export interface ReferralMemberTable {
  readonly referral_id: ReferralId;
  readonly report_number: Digits;
}

export interface RoutingTable {
  readonly report_number: Digits;
  /** `ZZ`: none. */
  readonly country: string;
  readonly outcome: 'referred' | 'unroutable' | 'held';
  readonly reason: string | null;
  readonly authority_id: AuthorityId | null;
  readonly lane: Lane;
  readonly label: Label;
  readonly triage_version: number;
  readonly routed_at: UtcInstant;
}

export interface FeedEntryTable {
  readonly authority_id: AuthorityId;
  readonly position: number;
  readonly referral_id: ReferralId;
  readonly change: FeedEntry['change'];
  readonly at: UtcInstant;
}

export interface NoticeTable {
  readonly notice_id: NoticeId;
  readonly authority_id: AuthorityId;
  readonly channel: 'email' | 'post';
  readonly first_position: number;
  readonly last_position: number;
  readonly referrals: number;
  readonly urgent: number;
  readonly state: 'queued' | 'sent';
  readonly queued_at: UtcInstant;
  readonly sent_at: UtcInstant | null;
  readonly sent_by: string | null;
  readonly receipt: string | null;
  readonly attempt: number;
  readonly next_at: UtcInstant | null;
  readonly trouble: string | null;
  readonly escalated_at: UtcInstant | null;
}

export interface FeedbackTable {
  readonly feedback_id: FeedbackId;
  readonly referral_id: ReferralId;
  readonly report_number: ColumnType<ReportNumber | null, ReportNumber | null, never>;
  readonly usefulness: Usefulness;
  readonly outcome: FeedbackOutcome;
  readonly given_at: UtcInstant;
}

/** An alias, since Kysely asks for an index signature that interfaces lack. */
export type RoutingTables = {
  readonly 'clearinghouse.authority': AuthorityTable;
  readonly 'clearinghouse.feed_credential': FeedCredentialTable;
  readonly 'clearinghouse.forward': ForwardTable;
  readonly 'clearinghouse.referral': ReferralTable;
  readonly 'clearinghouse.referral_member': ReferralMemberTable;
  readonly 'clearinghouse.routing': RoutingTable;
  readonly 'clearinghouse.feed_head': { readonly authority_id: AuthorityId; readonly last_position: number };
  readonly 'clearinghouse.feed_entry': FeedEntryTable;
  readonly 'clearinghouse.notice': NoticeTable;
  readonly 'clearinghouse.feedback': FeedbackTable;
};

/** Members of a referral are vouched for by a digest in its row; feeds and routings can be made anew. */
export const routingCoveredTables: readonly CoveredTable[] = [
  { table: 'clearinghouse.authority', key: ['authority_id'] },
  { table: 'clearinghouse.feed_credential', key: ['authority_id'] },
  { table: 'clearinghouse.forward', key: ['forward_id'] },
  { table: 'clearinghouse.referral', key: ['referral_id'] },
  { table: 'clearinghouse.notice', key: ['notice_id'] },
  { table: 'clearinghouse.feedback', key: ['feedback_id'] },
];
