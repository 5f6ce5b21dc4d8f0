import { done, newId, type Outcome, refused } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import type { WrittenEffect } from '@tutela/ledger/postgres';
import { type By, type CaseFault, findOpenCase, recordCaseAct } from '../case/cases.js';
import { program, type SeizureDeps } from './deps.js';
import type { PlannedUnit } from './plan/plan.js';
import { findSource, insertPass, latestPass, lockPass, type PassRow, setPass } from './queries/sources.js';
import { beginAgain, hasWaiting, lockUnit, unitsToDo } from './queries/units.js';
import type { PassId, PassOptions, SourceId, UnitId } from './schema.js';
import { tellUnits, toldEffect, unitJob, workedEffect } from './tell-units.js';

export const defaultPassOptions: PassOptions = {
  unitFiles: 2000,
  unitBytes: 256 << 20,
  largeBytes: 256 << 20,
  extentBytes: 1 << 30,
};

export type PassFault = CaseFault | 'unknown-source' | 'under-way' | 'no-pass' | 'ended';

/** Begins to read a source. What is read, and whether at all, each unit asks the authorities when it runs. */
export const startPass = (
  deps: SeizureDeps,
  sourceId: SourceId,
  { by, at, options = {} }: By & { readonly options?: Partial<PassOptions> },
): Promise<Outcome<PassRow, PassFault>> =>
  inTransaction(deps.db, async (tx): Promise<Outcome<PassRow, PassFault>> => {
    const source = await findSource(tx, sourceId);
    if (source === undefined) return refused('unknown-source', `there is no source ${sourceId}`);
    const open = await findOpenCase(tx, source.case_ref);
    if (open.kind !== 'done') return open;
    const sizes = { ...defaultPassOptions, ...options };
    const pass = await insertPass(tx, {
      pass_id: newId<PassId>(),
      source_id: sourceId,
      case_ref: source.case_ref,
      state: 'running',
      options: JSON.stringify(sizes),
      started_at: at,
      started_by: by,
      finished_at: null,
    });
    if (pass === undefined) return refused('under-way', 'a pass over this source is under way');
    const root: PlannedUnit = {
      locator: source.kind === 'image' ? { kind: 'volume' } : { kind: 'folders', folders: [''] },
    };
    const told = await tellUnits(tx, deps, pass, null, [root]);
    await recordPassAct(tx, pass, 'pass-started', { by, at }, [passEffect(pass.pass_id), ...told.map(toldEffect)]);
    return done(pass);
  });

/** Units under way stop at their next heartbeat and leave nothing behind; those that wait stay waiting. */
export const pausePass = (deps: SeizureDeps, passId: PassId, by: By): Promise<Outcome<PassRow, PassFault>> =>
  inTransaction(deps.db, async (tx): Promise<Outcome<PassRow, PassFault>> => {
    const pass = await lockPass(tx, passId);
    if (pass.state === 'ended') return refused('ended', 'the pass has ended');
    await setPass(tx, passId, { state: 'paused', finished_at: null });
    await recordPassAct(tx, pass, 'pass-paused', by, [passEffect(passId)]);
    return done({ ...pass, state: 'paused' });
  });

/** Goes on with a pass: what was paused, what an authority stopped, and what broke off for good. @returns units begun again */
export const goOnWithPass = async (
  deps: SeizureDeps,
  passId: PassId,
  by: By,
): Promise<Outcome<{ readonly begun: number }, PassFault>> => {
  const running = await inTransaction(deps.db, async (tx): Promise<Outcome<PassRow, PassFault>> => {
    const pass = await lockPass(tx, passId);
    if (pass.state === 'ended') return refused('ended', 'the pass has ended');
    if (pass.state === 'running') return done(pass);
    await setPass(tx, passId, { state: 'running', finished_at: null });
    await recordPassAct(tx, pass, 'pass-resumed', by, [passEffect(passId)]);
    return done(pass);
  });
  if (running.kind !== 'done') return running;
  let begun = 0;
  let after: UnitId | undefined;
  for (;;) {
    const units = await unitsToDo(deps.db, passId, after, 500);
    for (const { unit_id, state, attempt } of units) {
      const status = state === 'waiting' ? await deps.engine().status(unitJob(unit_id, attempt).id) : 'done';
      if (status === 'waiting' || status === 'running') continue;
      await beginUnitAgain(deps, unit_id, attempt);
      begun++;
    }
    after = units.at(-1)?.unit_id;
    if (after === undefined) return done({ begun });
  }
};

const beginUnitAgain = (deps: SeizureDeps, unitId: UnitId, attempt: number): Promise<void> =>
  inTransaction(deps.db, async (tx) => {
    const unit = await lockUnit(tx, unitId);
    if (unit.attempt !== attempt || unit.state === 'done') return;
    await beginAgain(tx, unitId, attempt + 1);
    await deps.engine().start(tx, unitJob(unitId, attempt + 1));
    await recordCaseAct(tx, {
      type: 'unit-begun-again',
      caseRef: unit.case_ref,
      by: program,
      at: deps.clock.now(),
      subjects: [passSubject(unit.pass_id)],
      payload: { unit: unitId, attempt: attempt + 1 },
      effects: [workedEffect(unitId)],
    });
  });

/** @param tx the pass is locked in it */
export const endPassWhenDone = async (tx: Tx, deps: SeizureDeps, passId: PassId): Promise<void> => {
  const pass = await lockPass(tx, passId);
  if (pass.state === 'ended' || (await hasWaiting(tx, passId)) === 'some') return;
  const at = deps.clock.now();
  await setPass(tx, passId, { state: 'ended', finished_at: at });
  await recordPassAct(tx, pass, 'pass-ended', { by: program, at }, [passEffect(passId)]);
};

/** The pass of a source that is under way, or ended last. */
export const passOf = async (deps: SeizureDeps, sourceId: SourceId): Promise<Outcome<PassRow, PassFault>> => {
  const pass = await latestPass(deps.db, sourceId);
  return pass === undefined ? refused('no-pass', `nothing of source ${sourceId} was read yet`) : done(pass);
};

export const passSubject = (id: PassId): string => `investigator/pass/${id}`;

const recordPassAct = (tx: Tx, pass: PassRow, type: string, by: By, effects: readonly WrittenEffect[]) =>
  recordCaseAct(tx, {
    type,
    caseRef: pass.case_ref,
    by: by.by,
    at: by.at,
    subjects: [passSubject(pass.pass_id)],
    payload: { source: pass.source_id },
    effects,
  });

const passEffect = (passId: PassId): WrittenEffect => ({
  kind: 'written',
  table: 'investigator.pass',
  key: { pass_id: passId },
  columns: ['source_id', 'case_ref', 'state', 'options', 'started_at', 'started_by', 'finished_at'],
});
