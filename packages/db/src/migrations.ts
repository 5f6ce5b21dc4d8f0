import { readdir, readFile } from 'node:fs/promises';
import { type Migration, Migrator, sql } from 'kysely';
import type { Db } from './database.js';
import { DatabaseError } from './database-error.js';

/** Numbered SQL files of one package or desk, which owns the PostgreSQL schema. */
export interface MigrationSet {
  readonly schema: string;
  /** Folder of `0001_name.sql`, `0002_name.sql`, … */
  readonly folder: URL;
}

/**
 * Brings each schema up to date, under a lock, so that processes may start together.
 * @throws DatabaseError `migration-failed`
 */
export const runMigrations = async (db: Db, sets: readonly MigrationSet[]): Promise<void> => {
  for (const set of sets) {
    const migrations = await readSet(set.folder);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: set.schema,
      migrationTableName: 'migration',
      migrationLockTableName: 'migration_lock',
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) {
      throw new DatabaseError('migration-failed', `schema ${set.schema} could not be brought up to date`, {
        cause: error,
      });
    }
  }
};

const readSet = async (folder: URL): Promise<Record<string, Migration>> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name));
  const read = async (name: string): Promise<[string, Migration]> => {
    const text = await readFile(new URL(name, folder), 'utf8');
    return [name.replace(/\.sql$/, ''), { up: async (tx) => void (await sql.raw(text).execute(tx)) }];
  };
  return Object.fromEntries(await Promise.all(names.map(read)));
};
