import type { JsonObject, UtcInstant } from '@tutela/core';
import type { CoveredTable, NewEvent } from '@tutela/ledger/postgres';

/** Tables of the lists whose rows exist only through ledger events; for `checkLedger`. Entries are under their batch's root. */
export const listCoveredTables: readonly CoveredTable[] = [
  { table: 'clearinghouse.list', key: ['list_id'] },
  { table: 'clearinghouse.list_member', key: ['member_id'] },
  { table: 'clearinghouse.list_reviewer', key: ['person_id'] },
  { table: 'clearinghouse.list_access', key: ['list_id', 'member_id'] },
  { table: 'clearinghouse.list_batch', key: ['batch_id'] },
  { table: 'clearinghouse.list_withdrawal', key: ['entry_id'] },
  { table: 'clearinghouse.list_feedback', key: ['entry_id', 'member_id', 'fingerprint_type'] },
  { table: 'clearinghouse.list_version', key: ['list_id', 'version'] },
  { table: 'clearinghouse.list_candidate', key: ['candidate_id'] },
  { table: 'clearinghouse.list_verdict', key: ['candidate_id', 'classifier', 'classifier_version'] },
];

const columns = {
  list: ['title', 'rule', 'publisher_id', 'canaries_each', 'opened_at'],
  list_member: ['name', 'username', 'password_sha256', 'requests_per_minute', 'issued_at'],
  list_reviewer: ['organisation', 'named_at'],
  list_access: ['granted_at', 'opened_at', 'revoked_at'],
  list_batch: ['list_id', 'root', 'size', 'request_digest', 'recipient_id', 'proposed_by', 'proposed_at', 'listed_at'],
  list_withdrawal: ['reason', 'withdrawn_by', 'withdrawn_at'],
  list_feedback: ['verdict', 'reasons', 'given_at'],
  list_version: ['as_of', 'size', 'root', 'recipients', 'canaries_each', 'previous_root', 'commitments_sha256'],
  list_candidate: ['list_id', 'media', 'fingerprints', 'origin', 'origin_ref', 'received_at', 'batch_id'],
  list_verdict: ['label', 'score', 'given_at'],
} as const;

/** A row of a list's table as this act wrote it. */
export const wrote = (
  table: keyof typeof columns,
  key: Readonly<Record<string, string | number>>,
): NewEvent['effects'][number] => ({
  kind: 'written',
  table: `clearinghouse.${table}`,
  key,
  columns: columns[table],
});

type Act =
  | 'list-opened'
  | 'list-member-admitted'
  | 'list-reviewer-named'
  | 'list-access-granted'
  | 'list-access-revoked'
  | 'list-entries-proposed'
  | 'list-entries-listed'
  | 'list-entries-withdrawn'
  | 'list-feedback-given'
  | 'list-published'
  | 'list-candidate-received'
  | 'list-candidate-classified'
  | 'list-probed'
  | 'list-leak-traced';

export const listEvent = (
  act: Act,
  by: { readonly actor: string; readonly at: UtcInstant },
  about: { readonly subjects: readonly string[]; readonly payload: JsonObject; readonly effects?: NewEvent['effects'] },
): NewEvent => ({ type: `clearinghouse.${act}`, ...by, effects: [], ...about });
