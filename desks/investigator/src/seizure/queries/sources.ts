import type { Db, Tx } from '@tutela/db';
import type { Insertable, Selectable } from 'kysely';
import type { PassId, PassState, PassTable, SeizureTables, SourceId, SourceTable } from '../schema.js';

export type SourceRow = Selectable<SourceTable>;
export type PassRow = Selectable<PassTable>;

export const seizureTables = (db: Db | Tx) => db.withTables<SeizureTables>();

export const insertSource = (tx: Tx, row: Insertable<SourceTable>): Promise<SourceRow> =>
  seizureTables(tx).insertInto('investigator.source').values(row).returningAll().executeTakeFirstOrThrow();

export const findSource = (db: Db | Tx, sourceId: SourceId): Promise<SourceRow | undefined> =>
  seizureTables(db).selectFrom('investigator.source').selectAll().where('source_id', '=', sourceId).executeTakeFirst();

export const listSources = (db: Db, caseRef: string): Promise<readonly SourceRow[]> =>
  seizureTables(db)
    .selectFrom('investigator.source')
    .selectAll()
    .where('case_ref', '=', caseRef)
    .orderBy('added_at')
    .orderBy('source_id')
    .execute();

/** @returns `undefined` where a pass over the source is under way */
export const insertPass = (tx: Tx, row: Insertable<PassTable>): Promise<PassRow | undefined> =>
  seizureTables(tx)
    .insertInto('investigator.pass')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();

export const findPass = (db: Db | Tx, passId: PassId): Promise<PassRow | undefined> =>
  seizureTables(db).selectFrom('investigator.pass').selectAll().where('pass_id', '=', passId).executeTakeFirst();

/** Of a source, the newest pass. */
export const latestPass = (db: Db | Tx, sourceId: SourceId): Promise<PassRow | undefined> =>
  seizureTables(db)
    .selectFrom('investigator.pass')
    .selectAll()
    .where('source_id', '=', sourceId)
    .orderBy('order_in_desk', 'desc')
    .limit(1)
    .executeTakeFirst();

/**
 * Held until the transaction ends: of two units that finish at once, the second sees the first. Not against rows that
 * refer to the pass: two units that tell further ones would wait for each other.
 */
export const lockPass = (tx: Tx, passId: PassId): Promise<PassRow> =>
  seizureTables(tx)
    .selectFrom('investigator.pass')
    .selectAll()
    .where('pass_id', '=', passId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();

export const passState = async (db: Db, passId: PassId): Promise<PassState> => {
  const row = await seizureTables(db)
    .selectFrom('investigator.pass')
    .select('state')
    .where('pass_id', '=', passId)
    .executeTakeFirstOrThrow();
  return row.state;
};

export const setPass = async (tx: Tx, passId: PassId, set: Pick<PassTable, 'state' | 'finished_at'>): Promise<void> => {
  await seizureTables(tx).updateTable('investigator.pass').set(set).where('pass_id', '=', passId).execute();
};
