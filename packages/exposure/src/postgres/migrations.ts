import type { MigrationSet } from '@tutela/db';
import type { CoveredTable, WrittenEffect } from '@tutela/ledger/postgres';

/** The schema `exposure`, which needs `ledger` and `policy` to be up to date. */
export const exposureMigrations: MigrationSet = {
  schema: 'exposure',
  folder: new URL('../../migrations/', import.meta.url),
};

/** Tables whose rows exist only through ledger events; for `checkLedger`. */
export const exposureCoveredTables: readonly CoveredTable[] = [
  { table: 'exposure.reveal', key: ['reveal_id'] },
  { table: 'exposure.override', key: ['digest'] },
  { table: 'exposure.outcome', key: ['outcome_id'] },
];

const revealColumns = 'desk subject sha256 person form reason day started_at closes_at ended_at ended_by seconds'.split(
  ' ',
);

export const revealEffect = (reveal_id: string): WrittenEffect => ({
  kind: 'written',
  table: 'exposure.reveal',
  key: { reveal_id },
  columns: revealColumns,
});
