import type { JsonObject } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import { batchDecisions, type Decision, type DecisionBatch } from '@tutela/policy';
import { recordDecisions } from '@tutela/policy/postgres';
import { InvestigatorError } from '../investigator-error.js';
import type { AuthorityGate } from './authority-gate.js';
import { program, type SeizureDeps } from './deps.js';
import { endPassWhenDone, passSubject } from './passes.js';
import type { PlannedUnit } from './plan/plan.js';
import { type FoundItem, replaceItems } from './queries/items.js';
import { finishUnit, lockUnit, type UnitRow } from './queries/units.js';
import { tellUnits, toldEffect, workedEffect } from './tell-units.js';

/** An item without what the transaction gives it. */
export interface ReadItem {
  readonly item: Omit<FoundItem['row'], 'decision_id' | 'authority_id'>;
  readonly extents: readonly string[];
  /** That allowed it to be read. */
  readonly decision: Extract<Decision, { readonly answer: 'allow' }>;
}

/** What became of a unit. */
export interface UnitResult {
  readonly state: 'done' | 'stopped-by-authority';
  /** The rule that stopped it. */
  readonly reason: string | null;
  readonly items: readonly ReadItem[];
  readonly units: readonly PlannedUnit[];
  readonly refused: number;
  readonly milliseconds: number;
  /** Programs of others that were run on the evidence. */
  readonly tools?: readonly JsonObject[];
}

/** Effects of one event: the check of the ledger reads an event again for each of them. */
const portion = 50;

/**
 * Writes all of a unit at once: decisions, items, further units with their workflows, and the event that vouches for
 * them. A unit that another worker has finished meanwhile is left as it is.
 */
export const commitUnit = async (
  deps: SeizureDeps,
  unit: UnitRow,
  extentBytes: number,
  gate: AuthorityGate,
  result: UnitResult,
): Promise<void> => {
  const at = deps.clock.now();
  const about = { caseRef: unit.case_ref, at };
  const batches = [
    ...(await batchDecisions({ ...about, step: 'hash' }, gate.noted('hash'))),
    ...(await batchDecisions({ ...about, step: 'list' }, gate.noted('list'))),
  ];
  await inTransaction(deps.db, async (tx) => {
    const now = await lockUnit(tx, unit.unit_id);
    if (now.state !== 'waiting' || now.attempt !== unit.attempt) return;
    const ids = await recordDecisions(tx, batches, { by: program, at });
    const items = result.items.map((read) => rowOf(read, batches, ids));
    await replaceItems(tx, { unitId: unit.unit_id, attempt: unit.attempt, extentBytes }, items);
    const told = await tellUnits(tx, deps, unit, unit.unit_id, result.units);
    const digested = items.filter(({ row }) => row.state === 'digested');
    await finishUnit(tx, unit.unit_id, {
      state: result.state,
      files: items.length,
      bytes: digested.reduce((sum, { row }) => sum + row.size, 0),
      unreadable: items.filter(({ row }) => row.state === 'unreadable' || row.state === 'changed').length,
      refused: result.refused,
      milliseconds: Math.round(result.milliseconds),
      finished_at: at,
      reason: result.reason,
    });
    await recordUnit(tx, unit, result, told, at);
    await endPassWhenDone(tx, deps, unit.pass_id);
  });
};

const rowOf = (
  { item, extents, decision }: ReadItem,
  batches: readonly DecisionBatch[],
  ids: readonly string[],
): FoundItem => {
  const place = batches.findIndex(
    ({ step, answer, authority, version }) =>
      step === 'hash' && answer === 'allow' && authority === decision.authority && version === decision.version,
  );
  const id = ids[place];
  if (id === undefined) throw new InvestigatorError('undecided', 'an item was read without a decision');
  return { row: { ...item, authority_id: decision.authority, decision_id: id }, extents };
};

const recordUnit = async (
  tx: Tx,
  unit: UnitRow,
  { state, items, refused, reason, tools = [] }: UnitResult,
  told: Awaited<ReturnType<typeof tellUnits>>,
  at: ReturnType<SeizureDeps['clock']['now']>,
): Promise<void> => {
  const effects = [workedEffect(unit.unit_id), ...told.map(toldEffect)];
  const parts = Math.ceil(effects.length / portion);
  await appendEvents(
    tx,
    Array.from({ length: parts }, (_, part) => ({
      type: `investigator.${state === 'done' ? 'unit-read' : 'unit-stopped'}`,
      actor: program,
      at,
      subjects: [passSubject(unit.pass_id)],
      caseRef: unit.case_ref,
      payload: {
        unit: unit.unit_id,
        items: items.length,
        refused,
        part: part + 1,
        parts,
        ...(reason !== null && { reason }),
        ...(tools.length > 0 && part === 0 && { tools: [...tools] }),
      },
      effects: effects.slice(part * portion, (part + 1) * portion),
    })),
  );
};
