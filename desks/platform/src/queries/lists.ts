import type { Db, Tx } from '@tutela/db';
import type { HashKind } from '@tutela/hashlist';
import type { Insertable, Selectable } from 'kysely';
import type { PlatformTables } from '../schema.js';

export type ListVersion = Selectable<PlatformTables['platform.list_version']>;

export const insertListVersion = async (tx: Tx, row: Insertable<PlatformTables['platform.list_version']>) => {
  await tx.withTables<PlatformTables>().insertInto('platform.list_version').values(row).execute();
};

export const insertListPart = async (tx: Tx, row: Insertable<PlatformTables['platform.list_part']>) => {
  await tx.withTables<PlatformTables>().insertInto('platform.list_part').values(row).execute();
};

/** The version a name stands for now. */
export const newestListVersion = (db: Db, name: string): Promise<ListVersion | undefined> =>
  db
    .withTables<PlatformTables>()
    .selectFrom('platform.list_version')
    .selectAll()
    .where('name', '=', name)
    .orderBy('imported_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export const newestListVersions = (db: Db): Promise<ListVersion[]> =>
  db
    .withTables<PlatformTables>()
    .selectFrom('platform.list_version')
    .selectAll()
    .distinctOn('name')
    .orderBy('name')
    .orderBy('imported_at', 'desc')
    .execute();

export const listVersionById = (db: Db, id: string): Promise<ListVersion | undefined> =>
  db
    .withTables<PlatformTables>()
    .selectFrom('platform.list_version')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();

export const listParts = (db: Db, version: string, kind: HashKind) =>
  db
    .withTables<PlatformTables>()
    .selectFrom('platform.list_part')
    .select(['hashes', 'lines'])
    .where('version', '=', version)
    .where('kind', '=', kind)
    .orderBy('ordinal')
    .execute();
