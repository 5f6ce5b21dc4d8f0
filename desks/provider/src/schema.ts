import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { JSONColumnType } from 'kysely';

export interface SourceTable {
  readonly exporter: string;
  readonly declaration: JSONColumnType<JsonObject>;
  readonly sha256: string;
  readonly added_at: UtcInstant;
}
export interface IngestTable {
  readonly ingest_id: string;
  readonly exporter: string;
  readonly inputs: JSONColumnType<JsonObject>;
  readonly tally: JSONColumnType<JsonObject>;
  readonly finished_at: UtcInstant;
  /** Milliseconds UTC, inclusive; null where the files had no record and nobody said what they cover. */
  readonly covers_from: number | null;
  readonly covers_to: number | null;
  readonly follows: string | null;
}
export interface SegmentTable {
  readonly sha256: string;
  readonly ingest_id: string;
  readonly exporter: string;
  readonly day: string;
  readonly keys: 'ipv4' | 'ipv6' | 'tag';
  /** Below the desk's folder. */
  readonly file: string;
  readonly bytes: number;
  readonly records: number;
  readonly covered_ms: number;
  readonly gaps: number;
  readonly retain_until: UtcInstant;
  readonly written_at: UtcInstant;
  deleted_at: UtcInstant | null;
  /** The ingest that wrote this day anew. */
  superseded_by: string | null;
  certificate: string | null;
}
export interface RuleTable {
  readonly rule_id: string;
  readonly nat_instance: string;
  readonly from_ms: number;
  readonly to_ms: number | null;
  readonly document: string;
  readonly added_at: UtcInstant;
  enabled_at: UtcInstant | null;
}
export interface AgencyTable {
  readonly agency_id: string;
  readonly name: string;
  credential_sha256: Buffer;
  issued_at: UtcInstant;
}
export interface OrderTable {
  readonly order_id: string;
  readonly agency_id: string;
  readonly sha256: string;
  readonly document: string;
  readonly reference: string;
  readonly received_at: UtcInstant;
  readonly expires_at: UtcInstant;
  state: 'received' | 'released' | 'declined';
  settled_at: UtcInstant | null;
  reason: string | null;
}
interface QuestionTable {
  readonly order_id: string;
  readonly ordinal: number;
  readonly key: string;
  readonly at_ms: number;
}
interface AlarmTable {
  readonly order_id: string;
  readonly near_duplicates: number;
  readonly raised_at: UtcInstant;
}
interface PlanTable {
  readonly sha256: string;
  readonly document: string;
}
export interface AnswerTable {
  readonly answer_id: string;
  readonly order_id: string;
  readonly ordinal: number;
  readonly plan_sha256: string;
  readonly asked_at: UtcInstant;
  readonly outcome: string;
  readonly record: string;
  readonly record_sha256: string;
}
export interface ReleaseTable {
  readonly order_id: string;
  readonly document: string;
  readonly sha256: string;
  readonly approval: string;
  readonly released_at: UtcInstant;
}
export interface CustomerTable {
  readonly handle: string;
  readonly name: string;
  readonly line: 'residential' | 'business' | 'shared';
  readonly installation_address: string;
  readonly billing_address: string;
  readonly noted_at: UtcInstant;
}
interface DisclosureTable {
  readonly order_id: string;
  readonly handle: string;
  readonly document: string;
  readonly disclosed_at: UtcInstant;
}

/** An alias, since Kysely asks for an index signature that interfaces lack. */
type ProviderTables = {
  readonly 'provider.source': SourceTable;
  readonly 'provider.ingest': IngestTable;
  readonly 'provider.segment': SegmentTable;
  readonly 'provider.rule': RuleTable;
  readonly 'provider.agency': AgencyTable;
  readonly 'provider.disclosure_order': OrderTable;
  readonly 'provider.question': QuestionTable;
  readonly 'provider.alarm': AlarmTable;
  readonly 'provider.plan': PlanTable;
  readonly 'provider.answer': AnswerTable;
  readonly 'provider.release': ReleaseTable;
};
type IdentityTables = {
  readonly 'provider_identity.customer': CustomerTable;
  readonly 'provider_identity.disclosure': DisclosureTable;
};

export const tables = (db: Db | Tx) => db.withTables<ProviderTables>();
export const identityTables = (db: Db | Tx) => db.withTables<IdentityTables>();
