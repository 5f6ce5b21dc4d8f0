import type { Tx } from '@tutela/db';
import type { WrittenEffect } from '@tutela/ledger/postgres';
import type { SeizureDeps } from './deps.js';
import type { PlannedUnit } from './plan/plan.js';
import { insertUnits } from './queries/units.js';
import type { PassId, SourceId, UnitId } from './schema.js';
import { unitIdOf } from './unit-id.js';

export const unitWorkflow = 'investigator.seize-unit';

export const unitJob = (unitId: UnitId, attempt: number) => ({
  id: `seize/${unitId}/${attempt}`,
  workflow: unitWorkflow,
  input: { unitId, attempt },
});

export interface UnitHome {
  readonly pass_id: PassId;
  readonly source_id: SourceId;
  readonly case_ref: string;
}

/** Writes units and starts their workflows, in the transaction of whatever found them. @returns those that are new */
export const tellUnits = async (
  tx: Tx,
  { engine }: Pick<SeizureDeps, 'engine'>,
  { pass_id, source_id, case_ref }: UnitHome,
  parent: UnitId | null,
  planned: readonly PlannedUnit[],
): Promise<readonly UnitId[]> => {
  if (planned.length === 0) return [];
  const rows = planned.map(({ locator, expectedFiles, expectedBytes }) => ({
    unit_id: unitIdOf(pass_id, locator),
    pass_id,
    source_id,
    case_ref,
    parent_unit_id: parent,
    kind: locator.kind,
    locator: JSON.stringify(locator),
    state: 'waiting' as const,
    expected_files: expectedFiles ?? null,
    expected_bytes: expectedBytes ?? null,
    items_sha256: null,
    milliseconds: null,
    finished_at: null,
    reason: null,
  }));
  const told = await insertUnits(tx, rows);
  for (const unitId of told) await engine().start(tx, unitJob(unitId, 0));
  return told;
};

/** A unit as it is told: its results are vouched for when it is done. */
export const toldEffect = (unitId: UnitId): WrittenEffect => ({
  kind: 'written',
  table: 'investigator.unit',
  key: { unit_id: unitId },
  columns: ['pass_id', 'source_id', 'kind', 'locator'],
});

/** A unit with what came of it; `items_sha256` vouches for its items. */
export const workedEffect = (unitId: UnitId): WrittenEffect => ({
  kind: 'written',
  table: 'investigator.unit',
  key: { unit_id: unitId },
  columns: [
    'pass_id',
    'source_id',
    'kind',
    'locator',
    'state',
    'attempt',
    'files',
    'bytes',
    'unreadable',
    'refused',
    'items_sha256',
    'finished_at',
    'reason',
  ],
});
