import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';

export interface UnitRow {
  readonly unitId: string;
  readonly caseRef: string;
  readonly kind: 'census' | 'recovery';
  readonly authorityId: string | null;
  readonly engine: string | null;
}

/** Rows may name it from here on; `finishUnit` gives it its counts and digest in the same transaction. */
export const beginUnit = async (tx: Tx, unit: UnitRow, at: UtcInstant): Promise<void> => {
  await sql`
    insert into investigator.archive_unit (unit_id, case_ref, kind, authority_id, engine, counts, rows_sha256, finished_at)
    values (${unit.unitId}, ${unit.caseRef}, ${unit.kind}, ${unit.authorityId}, ${unit.engine}, '{}', '', ${at})`.execute(
    tx,
  );
};

export const finishUnit = async (tx: Tx, unitId: string, counts: JsonObject): Promise<void> => {
  await sql`
    update investigator.archive_unit
       set counts = ${JSON.stringify(counts)}::jsonb, rows_sha256 = investigator.archive_unit_digest(${unitId})
     where unit_id = ${unitId}`.execute(tx);
};

/** Units whose rows are not those they were finished with. */
export const changedUnits = async (db: Db, caseRef: string): Promise<readonly string[]> =>
  (
    await sql<{ unit_id: string }>`
      select unit_id from investigator.archive_unit
       where case_ref = ${caseRef} and rows_sha256 <> investigator.archive_unit_digest(unit_id) order by unit_id`.execute(
      db,
    )
  ).rows.map(({ unit_id }) => unit_id);

/** Acts with the same name take turns until their transactions end. */
export const takeTurn = async (tx: Tx, name: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tutela.archive.${name}`}, 0))`.execute(tx);
};
