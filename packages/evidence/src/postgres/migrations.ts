import type { CoveredTable } from '@tutela/ledger/postgres';

/** Numbered SQL files of the PostgreSQL schema `evidence`, which needs `ledger` and `policy` to be up to date. */
export const evidenceMigrations: { readonly schema: 'evidence'; readonly folder: URL } = {
  schema: 'evidence',
  folder: new URL('../../migrations/', import.meta.url),
};

/** Tables whose rows exist only through ledger events; for `checkLedger`. */
export const evidenceCoveredTables: readonly CoveredTable[] = [{ table: 'evidence.package', key: ['request'] }];
