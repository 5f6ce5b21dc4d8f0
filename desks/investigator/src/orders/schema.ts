import type { AskedObservation } from '@tutela/attribution/exchange';
import type { Branded, JsonObject, UtcInstant } from '@tutela/core';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { AuthorityId } from '@tutela/policy';
import type { JSONColumnType } from 'kysely';

export type ObservationImportId = Branded<string, 'investigator.ObservationImportId'>;
export type ObservationId = Branded<string, 'investigator.ObservationId'>;
export type RangeSourceId = Branded<string, 'investigator.RangeSourceId'>;
export type OrderId = Branded<string, 'investigator.OrderId'>;

export interface ObservationImportTable {
  readonly import_id: ObservationImportId;
  readonly case_ref: string;
  readonly kind: 'report' | 'records';
  readonly name: string;
  readonly document_sha256: string;
  readonly settings: JSONColumnType<JsonObject>;
  readonly usable: number;
  readonly refused: number;
  readonly rows_sha256: string;
  readonly imported_at: UtcInstant;
  readonly imported_by: string;
}

export interface ObservationTable {
  readonly observation_id: ObservationId;
  readonly import_id: ObservationImportId;
  readonly case_ref: string;
  readonly place: number;
  readonly state: 'usable' | 'refused';
  readonly code: string | null;
  readonly asked: JSONColumnType<AskedObservation> | null;
  readonly ip: string | null;
  readonly port: number | null;
  readonly seen_from: UtcInstant | null;
  readonly seen_to: UtcInstant | null;
  readonly entry: 'electronic' | 'transcribed' | null;
}

export interface ConfirmationTable {
  readonly observation_id: ObservationId;
  readonly case_ref: string;
  readonly confirmed_at: UtcInstant;
  readonly confirmed_by: string;
}

export interface RangeSourceTable {
  readonly source_id: RangeSourceId;
  readonly kind: 'table' | 'delegated' | 'rdap';
  readonly name: string;
  readonly published: string;
  readonly sha256: string;
  readonly ranges: number;
  readonly imported_at: UtcInstant;
  readonly imported_by: string;
}

export interface ProviderRangeTable {
  readonly source_id: RangeSourceId;
  readonly first: string;
  readonly last: string;
  readonly holder: string;
  readonly country: string | null;
}

export interface ProviderTable {
  readonly provider_id: string;
  readonly name: string;
  readonly holders: readonly string[];
  readonly country: string | null;
  readonly exchange_url: string | null;
  readonly email: string | null;
  readonly language: 'en' | 'es' | 'pt';
  readonly answer_days: number;
  readonly sharing: number | null;
  readonly noted_at: UtcInstant;
  readonly noted_by: string;
}

export type OrderState = 'draft' | 'sending' | 'waiting' | 'answered' | 'declined' | 'expired' | 'refused';

export interface ProviderOrderTable {
  readonly order_id: OrderId;
  readonly case_ref: string;
  readonly provider_id: string;
  readonly authority_id: AuthorityId;
  readonly authority_version: number;
  readonly way: 'exchange' | 'letter';
  readonly document: string;
  readonly sha256: string;
  readonly state: OrderState;
  readonly approval: string | null;
  readonly drafted_at: UtcInstant;
  readonly drafted_by: string;
  readonly sent_at: UtcInstant | null;
  readonly due_at: UtcInstant | null;
  readonly remote_order_id: string | null;
  readonly settled_at: UtcInstant | null;
  readonly reason: string | null;
  readonly attempt: number;
  readonly next_at: UtcInstant | null;
}

export interface OrderObservationTable {
  readonly order_id: OrderId;
  readonly ordinal: number;
  readonly observation_id: ObservationId;
}

export interface OrderAnswerTable {
  readonly order_id: OrderId;
  readonly case_ref: string;
  readonly document: Buffer;
  readonly sha256: string;
  readonly received_at: UtcInstant;
}

export interface LetterAnswerTable {
  readonly order_id: OrderId;
  readonly case_ref: string;
  readonly scan_sha256: string;
  readonly document: Buffer;
  readonly sha256: string;
  readonly transcribed_at: UtcInstant;
  readonly transcribed_by: string;
  readonly checked_at: UtcInstant | null;
  readonly checked_by: string | null;
}

/** How a letter leaves; an e-mail with the letter is one. */
export const postingWays = ['registered-post', 'post', 'courier', 'by-hand', 'email'] as const;
export type PostingWay = (typeof postingWays)[number];

export interface OrderPostingTable {
  readonly order_id: OrderId;
  readonly case_ref: string;
  readonly posted_on: string;
  readonly way: PostingWay;
  readonly receipt: string;
  readonly noted_at: UtcInstant;
  readonly noted_by: string;
}

export type OrderTables = {
  readonly 'investigator.observation_import': ObservationImportTable;
  readonly 'investigator.observation': ObservationTable;
  readonly 'investigator.observation_confirmation': ConfirmationTable;
  readonly 'investigator.range_source': RangeSourceTable;
  readonly 'investigator.provider_range': ProviderRangeTable;
  readonly 'investigator.provider': ProviderTable;
  readonly 'investigator.provider_order': ProviderOrderTable;
  readonly 'investigator.order_observation': OrderObservationTable;
  readonly 'investigator.order_answer': OrderAnswerTable;
  readonly 'investigator.letter_answer': LetterAnswerTable;
  readonly 'investigator.order_posting': OrderPostingTable;
};

/** Observations, ranges and what an order asks about are vouched for by a digest in these rows. */
export const orderCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.observation_import', key: ['import_id'] },
  { table: 'investigator.observation_confirmation', key: ['observation_id'] },
  { table: 'investigator.range_source', key: ['source_id'] },
  { table: 'investigator.provider', key: ['provider_id'] },
  { table: 'investigator.provider_order', key: ['order_id'] },
  { table: 'investigator.order_answer', key: ['order_id'] },
  { table: 'investigator.letter_answer', key: ['order_id'] },
  { table: 'investigator.order_posting', key: ['order_id'] },
];
