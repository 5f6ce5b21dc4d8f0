import type { Branded, JsonObject, UtcInstant } from '@tutela/core';
import type { LargeType, Media, SmallType } from '@tutela/hashlist';
import type { EntryCommitment, VouchingRule } from '@tutela/hashlist/transparent';
import type { RequestDigest } from '@tutela/policy';
import type { Sha256 } from '@tutela/vault';
import type { ColumnType } from 'kysely';

export type ListId = Branded<string, 'clearinghouse.ListId'>;
/** Number of a member of an exchange, as the protocol writes it. */
export type MemberId = Branded<number, 'clearinghouse.MemberId'>;
export type EntryId = Branded<string, 'clearinghouse.EntryId'>;
export type BatchId = Branded<string, 'clearinghouse.BatchId'>;
export type CandidateId = Branded<string, 'clearinghouse.CandidateId'>;

/** The protocol has no SHA-256: it is kept here, and does not leave with the entry. */
export type Fingerprints = Readonly<Partial<Record<SmallType | 'SHA256', string>>>;
export type LargeFingerprints = Readonly<
  Partial<Record<LargeType, { readonly sha256: Sha256; readonly size: number }>>
>;

type Json<T> = ColumnType<T, string, string>;
type MaybeLater<T> = ColumnType<T | null, T | null | undefined, T | null>;

interface MemberTable {
  readonly member_id: ColumnType<MemberId, never, never>;
  readonly name: string;
  readonly username: string | null;
  readonly password_sha256: Buffer | null;
  readonly requests_per_minute: number;
  readonly issued_at: UtcInstant;
}

interface ListTable {
  readonly list_id: ListId;
  readonly title: string;
  readonly rule: VouchingRule;
  readonly publisher_id: MemberId;
  readonly canaries_each: number;
  readonly opened_at: UtcInstant;
}

interface ReviewerTable {
  readonly person_id: string;
  readonly organisation: string;
  readonly named_at: UtcInstant;
}

interface AccessTable {
  readonly list_id: ListId;
  readonly member_id: MemberId;
  readonly granted_at: UtcInstant;
  readonly opened_at: MaybeLater<UtcInstant>;
  readonly revoked_at: MaybeLater<UtcInstant>;
}

interface BatchTable {
  readonly batch_id: BatchId;
  readonly list_id: ListId;
  readonly root: string;
  readonly size: number;
  readonly request_digest: RequestDigest;
  readonly recipient_id: MemberId | null;
  readonly proposed_by: string;
  readonly proposed_at: UtcInstant;
  readonly listed_at: MaybeLater<UtcInstant>;
}

interface EntryTable {
  readonly entry_id: EntryId;
  readonly ordinal: ColumnType<number, never, never>;
  readonly list_id: ListId;
  readonly batch_id: BatchId;
  readonly submitter_id: MemberId;
  readonly media: Media;
  readonly fingerprints: Json<Fingerprints>;
  readonly large: Json<LargeFingerprints>;
  readonly classification: string | null;
  readonly vetting: Json<JsonObject>;
  readonly vetting_key: Buffer;
  readonly commitment_key: Buffer;
  readonly commitment: EntryCommitment;
  readonly canary_of: MemberId | null;
  readonly changed_at: MaybeLater<UtcInstant>;
  readonly withdrawn_at: MaybeLater<UtcInstant>;
}

interface WithdrawalTable {
  readonly entry_id: EntryId;
  readonly reason: string;
  readonly withdrawn_by: string;
  readonly withdrawn_at: UtcInstant;
}

interface FeedbackTable {
  readonly entry_id: EntryId;
  readonly member_id: MemberId;
  readonly fingerprint_type: string;
  readonly verdict: 'affirmative' | 'negative';
  readonly reasons: readonly string[];
  readonly given_at: UtcInstant;
}

interface VersionTable {
  readonly list_id: ListId;
  readonly version: number;
  readonly as_of: UtcInstant;
  readonly size: number;
  readonly root: string;
  readonly recipients: number;
  readonly canaries_each: number;
  readonly previous_root: string | null;
  readonly commitments_sha256: Sha256;
  readonly event_id: MaybeLater<string>;
}

interface CandidateTable {
  readonly candidate_id: CandidateId;
  readonly list_id: ListId;
  readonly media: Media;
  readonly fingerprints: Json<Fingerprints>;
  readonly origin: 'report' | 'hotline' | 'investigator';
  readonly origin_ref: string;
  readonly received_at: UtcInstant;
  readonly batch_id: MaybeLater<BatchId>;
}

interface VerdictTable {
  readonly candidate_id: CandidateId;
  readonly classifier: string;
  readonly classifier_version: string;
  readonly label: string;
  readonly score: number;
  readonly given_at: UtcInstant;
}

export type ProbeKind = 'unknown-entry' | 'wrong-credentials' | 'no-access';

interface AlertTable {
  readonly list_id: string;
  readonly source: string;
  readonly kind: ProbeKind;
  readonly hour: UtcInstant;
  readonly count: number;
  readonly raised_at: UtcInstant;
}

/** An alias, since Kysely asks for an index signature that interfaces lack. */
export type ListTables = {
  readonly 'clearinghouse.list_member': MemberTable;
  readonly 'clearinghouse.list': ListTable;
  readonly 'clearinghouse.list_reviewer': ReviewerTable;
  readonly 'clearinghouse.list_access': AccessTable;
  readonly 'clearinghouse.list_batch': BatchTable;
  readonly 'clearinghouse.list_entry': EntryTable;
  readonly 'clearinghouse.list_withdrawal': WithdrawalTable;
  readonly 'clearinghouse.list_feedback': FeedbackTable;
  readonly 'clearinghouse.list_version': VersionTable;
  readonly 'clearinghouse.list_candidate': CandidateTable;
  readonly 'clearinghouse.list_verdict': VerdictTable;
  readonly 'clearinghouse.list_alert': AlertTable;
};
