import type { CoveredTable } from '@tutela/ledger/postgres';

/** Numbered SQL files of the PostgreSQL schema `policy`, which needs `ledger` to be up to date. */
export const policyMigrations: { readonly schema: 'policy'; readonly folder: URL } = {
  schema: 'policy',
  folder: new URL('../../migrations/', import.meta.url),
};

/** Tables whose rows exist only through ledger events; for `checkLedger`. */
export const policyCoveredTables: readonly CoveredTable[] = [
  { table: 'policy.person', key: ['person_id'] },
  { table: 'policy.credential', key: ['credential_id'] },
  { table: 'policy.site', key: ['origin'] },
  { table: 'policy.approval_request', key: ['digest'] },
  { table: 'policy.approval', key: ['digest', 'person_id'] },
  { table: 'policy.authority_version', key: ['authority_id', 'version'] },
  { table: 'policy.authority_verification', key: ['authority_id', 'version'] },
  { table: 'policy.authority_end', key: ['authority_id'] },
  { table: 'policy.report_filed', key: ['authority_id'] },
  { table: 'policy.reminder', key: ['authority_id', 'kind', 'due_at'] },
  { table: 'policy.freeze', key: ['freeze_id'] },
  { table: 'policy.freeze_lift', key: ['freeze_id'] },
  { table: 'policy.routing', key: ['case_ref', 'item_ref'] },
  { table: 'policy.filter_ruling', key: ['case_ref', 'item_ref'] },
  { table: 'policy.case_role', key: ['case_ref', 'person_id', 'role', 'granted_at'] },
  { table: 'policy.decision', key: ['decision_id'] },
];
