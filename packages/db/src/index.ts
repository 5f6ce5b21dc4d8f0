export { type Database, type DatabaseOptions, type Db, openDatabase, surviveBrokenConnections } from './database.js';
export { DatabaseError, type DatabaseErrorCode } from './database-error.js';
export { type MigrationSet, runMigrations } from './migrations.js';
export { openScratchDatabase, type ScratchDatabase } from './scratch.js';
export { inTransaction, type Tx } from './transaction.js';
