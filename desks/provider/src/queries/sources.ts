import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type SourceTable, tables } from '../schema.js';

export type StoredSource = Omit<SourceTable, 'declaration'> & { readonly declaration: unknown };

export const insertSource = async (
  tx: Tx,
  row: {
    readonly exporter: string;
    readonly declaration: string;
    readonly sha256: string;
    readonly added_at: UtcInstant;
  },
): Promise<'new' | 'known'> => {
  const inserted = await tables(tx)
    .insertInto('provider.source')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('exporter')
    .executeTakeFirst();
  return inserted === undefined ? 'known' : 'new';
};

export const findSource = async (db: Db | Tx, exporter: string): Promise<StoredSource | undefined> =>
  await tables(db).selectFrom('provider.source').selectAll().where('exporter', '=', exporter).executeTakeFirst();

export const listSources = async (db: Db | Tx): Promise<readonly StoredSource[]> =>
  await tables(db).selectFrom('provider.source').selectAll().orderBy('exporter').execute();
