export type { Withhold } from './event-lines.js';
export { evidenceCoveredTables, evidenceMigrations } from './migrations.js';
export { type PackageLedgerDeps, postgresPackageLedger } from './package-ledger.js';
