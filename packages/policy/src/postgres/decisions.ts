import { canonicalJson, type JsonObject } from '@tutela/core';
import type { DecisionBatch } from '../authority/decision-batch.js';
import { type By, recordAct, wrote } from './record-act.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

/** Effects of one event: the check of the ledger reads an event again for each of them. */
const portion = 50;

/**
 * Puts decisions on record, in the transaction of what was decided on. One row for each batch and one event for fifty,
 * however many objects they are about.
 * @returns their ids, in the order of the batches
 */
export const recordDecisions = async (
  tx: Tx,
  batches: readonly DecisionBatch[],
  { by, at }: By,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let from = 0; from < batches.length; from += portion) {
    const part = batches.slice(from, from + portion).map((batch) => ({ id: crypto.randomUUID() as string, batch }));
    await policyTables(tx).insertInto('policy.decision').values(part.map(rowOf)).execute();
    const cases = new Set(part.map(({ batch }) => batch.caseRef));
    for (const caseRef of cases) {
      const own = part.filter(({ batch }) => batch.caseRef === caseRef);
      const subjects = [...new Set(own.flatMap(({ batch }) => batch.authority ?? []))];
      const objects = own.reduce((sum, { batch }) => sum + batch.count, 0);
      const effects = own.map(({ id }) => wrote('decision', { decision_id: id }));
      await recordAct(tx, {
        type: 'policy.decided',
        by,
        at,
        subjects,
        caseRef,
        payload: { decisions: own.length, objects },
        effects,
      });
    }
    ids.push(...part.map(({ id }) => id));
  }
  return ids;
};

/** One of them. */
export const recordDecision = async (tx: Tx, batch: DecisionBatch, by: By): Promise<string> =>
  (await recordDecisions(tx, [batch], by))[0] as string;

const rowOf = ({ id, batch }: { readonly id: string; readonly batch: DecisionBatch }) => ({
  decision_id: id,
  case_ref: batch.caseRef,
  step: batch.step,
  decided_at: batch.at,
  actor: batch.actor ?? null,
  answer: batch.answer,
  rule: batch.rule,
  authority_id: batch.authority ?? null,
  object_group: batch.group,
  objects: batch.count,
  document: canonicalJson(batch as unknown as JsonObject),
});

/** A recorded decision, for `recheckBatch`. */
export const findDecision = async (db: AnyDb, id: string): Promise<DecisionBatch | undefined> => {
  const row = await policyTables(db)
    .selectFrom('policy.decision')
    .select('document')
    .where('decision_id', '=', id)
    .executeTakeFirst();
  return row && (JSON.parse(row.document) as DecisionBatch);
};

/** All of a case, the oldest first. */
export const listDecisions = async (
  db: AnyDb,
  caseRef: string,
): Promise<readonly { readonly id: string; readonly batch: DecisionBatch }[]> => {
  const rows = await policyTables(db)
    .selectFrom('policy.decision')
    .select(['decision_id', 'document'])
    .where('case_ref', '=', caseRef)
    .orderBy('decided_at')
    .orderBy('decision_id')
    .execute();
  return rows.map(({ decision_id: id, document }) => ({ id, batch: JSON.parse(document) as DecisionBatch }));
};
