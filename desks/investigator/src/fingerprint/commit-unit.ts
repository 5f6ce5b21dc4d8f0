import type { UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { WrittenEffect } from '@tutela/ledger/postgres';
import { recordDecisions } from '@tutela/policy/postgres';
import { nameBasedId } from '../archive/set-id.js';
import { recordCaseAct } from '../case/cases.js';
import { program, type SeizureDeps } from '../seizure/deps.js';
import { insertPictures } from './queries/pictures.js';
import {
  endRun,
  type FingerprintRun,
  insertUnit,
  lockRun,
  sealUnit,
  unitIsWritten,
  writtenPlaces,
} from './queries/runs.js';
import type { UnitFound } from './run-unit.js';
import { type FingerprintRunId, stackingWorkflow } from './schema.js';

/** Writes all of a unit at once: decisions, pictures, the event that vouches for them, and the end of the run with the last. */
export const commitUnit = (
  { db, clock, engine }: SeizureDeps,
  { runId, caseRef, bounds }: FingerprintRun,
  place: number,
  found: UnitFound,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const run = await lockRun(tx, runId);
    if (run?.state !== 'running' || (await unitIsWritten(tx, runId, place)) === 'written') return;
    const at = clock.now();
    const { state, reason, items, refused, contents, looked, batches, milliseconds } = found;
    await recordDecisions(tx, batches, { by: program, at });
    const decoded = looked.filter(({ look }) => look.outcome === 'decoded').length;
    const counts = { items, refused, contents, decoded };
    const unitId = nameBasedId('fingerprint', runId, place);
    await insertUnit(tx, { unitId, runId, caseRef, place, state, reason, ...counts, milliseconds, finishedAt: at });
    await insertPictures(tx, { unitId, caseRef }, looked);
    await sealUnit(tx, unitId);
    await recordCaseAct(tx, {
      type: state === 'done' ? 'pictures-looked-at' : 'pictures-stopped',
      caseRef,
      by: program,
      at,
      subjects: [runSubject(runId)],
      payload: { unit: unitId, ...counts, ...(reason !== null && { reason }) },
      effects: [unitEffect(unitId)],
    });
    if ((await writtenPlaces(tx, runId)).length === bounds.length)
      await recordEnd(tx, engine(), { caseRef, runId, at });
  });

/** The run is locked in the transaction. What it saw is stacked next, with what was seen before. */
export const recordEnd = async (
  tx: Tx,
  engine: Engine,
  { caseRef, runId, at }: Pick<FingerprintRun, 'caseRef' | 'runId'> & { readonly at: UtcInstant },
): Promise<void> => {
  await endRun(tx, runId, at);
  await engine.start(tx, { id: `look-alikes/${runId}`, workflow: stackingWorkflow, input: { runId } });
  await recordCaseAct(tx, {
    type: 'fingerprints-ended',
    caseRef,
    by: program,
    at,
    subjects: [runSubject(runId)],
    payload: {},
    effects: [runEffect(runId)],
  });
};

export const runSubject = (runId: FingerprintRunId): string => `investigator/fingerprints/${runId}`;

export const runEffect = (runId: FingerprintRunId): WrittenEffect => ({
  kind: 'written',
  table: 'investigator.fingerprint_run',
  key: { run_id: runId },
  columns: ['case_ref', 'state', 'bounds', 'contents', 'started_at', 'started_by', 'finished_at'],
});

const unitEffect = (unitId: string): WrittenEffect => ({
  kind: 'written',
  table: 'investigator.fingerprint_unit',
  key: { unit_id: unitId },
  columns: [
    'run_id',
    'case_ref',
    'place',
    'state',
    'items',
    'refused',
    'contents',
    'decoded',
    'rows_sha256',
    'finished_at',
  ],
});
