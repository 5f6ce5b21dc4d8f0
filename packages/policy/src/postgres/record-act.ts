import type { JsonObject, UtcInstant } from '@tutela/core';
import { appendEvent, type EventId, type RowKey, type WrittenEffect } from '@tutela/ledger/postgres';
import type { PolicyTables, Tx } from './tables.js';

/** Who did it, and when: of every act. */
export interface By {
  readonly by: string;
  readonly at: UtcInstant;
}

interface Act extends By {
  readonly type: `policy.${string}`;
  readonly subjects: readonly string[];
  readonly caseRef?: string | undefined;
  readonly payload: JsonObject;
  readonly effects: readonly WrittenEffect[];
}

/** Tells the ledger of an act whose rows are written, in its transaction. */
export const recordAct = (tx: Tx, { by, caseRef, ...act }: Act): Promise<EventId> =>
  appendEvent(tx, { actor: by, ...act, ...(caseRef !== undefined && { caseRef }) });

/** What is vouched for in each table: all that matters of a row, each time. */
const columns = {
  person: ['name', 'added_at', 'added_by', 'revoked_at', 'revoked_by'],
  credential: [
    'person_id',
    'method',
    'algorithm',
    'public_key',
    'cose_key',
    'added_at',
    'added_by',
    'revoked_at',
    'revoked_by',
  ],
  site: ['added_at', 'added_by'],
  approval_request: ['document', 'state', 'settled_at', 'settled_by'],
  approval: ['word', 'at', 'document'],
  authority_version: ['case_ref', 'in_force_from', 'in_force_to', 'document', 'document_sha256'],
  authority_verification: ['request_digest', 'verified_by', 'verified_at'],
  authority_end: ['kind', 'ended_at', 'ended_by', 'reason', 'successor'],
  report_filed: ['filed_at', 'filed_by', 'reference'],
  reminder: ['reminded_at'],
  freeze: ['case_ref', 'extent', 'source_id', 'item_ref', 'found_under', 'frozen_at', 'frozen_by', 'reason'],
  freeze_lift: ['authority_id', 'lifted_at', 'lifted_by'],
  routing: ['routed_at', 'routed_by', 'reason'],
  filter_ruling: ['ruling', 'ruled_at', 'ruled_by', 'reason'],
  case_role: ['granted_by', 'ended_at', 'ended_by'],
  decision: ['document', 'case_ref', 'step', 'answer', 'rule', 'authority_id', 'objects'],
} as const satisfies Partial<Record<BareName<keyof PolicyTables>, readonly string[]>>;

type BareName<Name> = Name extends `policy.${infer Bare}` ? Bare : never;

/** The row as it stands in this transaction. */
export const wrote = (table: keyof typeof columns, key: RowKey): WrittenEffect => ({
  kind: 'written',
  table: `policy.${table}`,
  key,
  columns: columns[table],
});
