/** Numbered SQL files of the PostgreSQL schema `ledger`, for whoever runs migrations. */
export const ledgerMigrations: { readonly schema: 'ledger'; readonly folder: URL } = {
  schema: 'ledger',
  folder: new URL('../../migrations/', import.meta.url),
};
