import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { PassId, UnitId, UnitTable } from '../schema.js';
import { seizureTables } from './sources.js';

export type UnitRow = Selectable<UnitTable>;

export const findUnit = (db: Db | Tx, unitId: UnitId): Promise<UnitRow | undefined> =>
  seizureTables(db).selectFrom('investigator.unit').selectAll().where('unit_id', '=', unitId).executeTakeFirst();

/** Held until the transaction ends: of two workers with the same unit one writes. */
export const lockUnit = (tx: Tx, unitId: UnitId): Promise<UnitRow> =>
  seizureTables(tx)
    .selectFrom('investigator.unit')
    .selectAll()
    .where('unit_id', '=', unitId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();

/** @returns those that were not there */
export const insertUnits = async (tx: Tx, rows: readonly Insertable<UnitTable>[]): Promise<readonly UnitId[]> => {
  const inserted: UnitId[] = [];
  for (let from = 0; from < rows.length; from += portion) {
    const found = await seizureTables(tx)
      .insertInto('investigator.unit')
      .values(rows.slice(from, from + portion))
      .onConflict((conflict) => conflict.column('unit_id').doNothing())
      .returning('unit_id')
      .execute();
    inserted.push(...found.map(({ unit_id }) => unit_id));
  }
  return inserted;
};

/** A statement has at most 65,535 parameters. */
const portion = 1000;

/** What a unit is when it was worked on; its items' digest is taken here. */
export const finishUnit = async (
  tx: Tx,
  unitId: UnitId,
  set: Pick<
    UnitRow,
    'state' | 'files' | 'bytes' | 'unreadable' | 'refused' | 'milliseconds' | 'finished_at' | 'reason'
  >,
): Promise<void> => {
  await seizureTables(tx)
    .updateTable('investigator.unit')
    .set({ ...set, items_sha256: sql<string>`investigator.unit_digest(${unitId})` })
    .where('unit_id', '=', unitId)
    .execute();
};

export const hasWaiting = async (tx: Tx, passId: PassId): Promise<'some' | 'none'> => {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from investigator.unit
                    where pass_id = ${passId} and state in ('waiting', 'stopped-by-authority')) as some`.execute(tx);
  return rows[0]?.some === true ? 'some' : 'none';
};

/** Units still to do, in an order that stays; after `after`. */
export const unitsToDo = (db: Db, passId: PassId, after: UnitId | undefined, limit: number) => {
  const query = seizureTables(db)
    .selectFrom('investigator.unit')
    .select(['unit_id', 'state', 'attempt'])
    .where('pass_id', '=', passId)
    .where('state', 'in', ['waiting', 'stopped-by-authority'])
    .orderBy('unit_id')
    .limit(limit);
  return (after === undefined ? query : query.where('unit_id', '>', after)).execute();
};

export const beginAgain = async (tx: Tx, unitId: UnitId, attempt: number): Promise<void> => {
  await seizureTables(tx)
    .updateTable('investigator.unit')
    .set({ state: 'waiting', attempt })
    .where('unit_id', '=', unitId)
    .execute();
};
