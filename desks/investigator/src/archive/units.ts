import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { appendEvent, type CoveredTable } from '@tutela/ledger/postgres';
import { beginUnit, changedUnits, finishUnit, type UnitRow } from './queries/units.js';

/** Sets, locks, attempts and secrets are vouched for by their unit's digest, not row by row (`checkArchiveUnits`). */
export const archiveCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.archive_unit', key: ['unit_id'] },
  { table: 'investigator.word_list', key: ['list_id'] },
  { table: 'investigator.recovery_run', key: ['run_id'] },
  { table: 'investigator.secret_reuse', key: ['reuse_id'] },
];

/**
 * Writes a piece of work with its rows, and one event that vouches for them.
 * @param write writes the rows, which name the unit, and counts them
 */
export const recordUnit = async (
  tx: Tx,
  unit: UnitRow,
  { by, at }: { readonly by: string; readonly at: UtcInstant },
  write: () => Promise<JsonObject>,
): Promise<void> => {
  await beginUnit(tx, unit, at);
  const counts = await write();
  await finishUnit(tx, unit.unitId, counts);
  await appendEvent(tx, {
    type: `investigator.archive-${unit.kind}`,
    actor: by,
    at,
    subjects: unit.authorityId === null ? [] : [unit.authorityId],
    caseRef: unit.caseRef,
    payload: { unit: unit.unitId, ...counts },
    effects: [
      {
        kind: 'written',
        table: 'investigator.archive_unit',
        key: { unit_id: unit.unitId },
        columns: ['case_ref', 'kind', 'authority_id', 'engine', 'counts', 'rows_sha256', 'finished_at'],
      },
    ],
  });
};

/** Computes every unit's digest again. @returns the units whose rows were changed since */
export const checkArchiveUnits = (db: Db, caseRef: string): Promise<readonly string[]> => changedUnits(db, caseRef);
