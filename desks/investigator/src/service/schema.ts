import type { Branded } from '@tutela/core';
import type { CoveredTable } from '@tutela/ledger/postgres';

export type ImportId = Branded<string, 'investigator.ServiceImportId'>;
export type KnownRunId = Branded<string, 'investigator.KnownRunId'>;

/** Rows are vouched for by the digest of their import or run, not one by one (`changedServiceRows`). */
export const serviceCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.service_import', key: ['import_id'] },
  { table: 'investigator.known_run', key: ['run_id'] },
];
