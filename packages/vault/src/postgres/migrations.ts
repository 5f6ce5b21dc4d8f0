/** Numbered SQL files of the PostgreSQL schema `vault`, for whoever runs migrations. */
export const vaultMigrations: { readonly schema: 'vault'; readonly folder: URL } = {
  schema: 'vault',
  folder: new URL('../../migrations/', import.meta.url),
};

/** Rows that exist only through events, for `checkLedger`. */
export const vaultCoveredTables: readonly { readonly table: string; readonly key: readonly string[] }[] = [
  { table: 'vault.legal_hold', key: ['id'] },
  { table: 'vault.shredding', key: ['case_ref'] },
];
