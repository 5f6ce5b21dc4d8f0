import { done, type Outcome, refused } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { type By, recordCaseAct } from '../case/cases.js';
import { findObservation, insertConfirmation } from './queries.js';
import type { ObservationId } from './schema.js';
import { written } from './tell.js';

export type ConfirmFault = 'unknown-observation' | 'same-person' | 'not-transcribed' | 'other-document';

/**
 * A second person has compared what was typed with its document. Only then may it be asked about: one digit too many once
 * led to an innocent person's door (attribution.md §1.9).
 */
export const confirmObservation = async (
  tx: Tx,
  {
    caseRef,
    observationId,
    documentSha256,
  }: {
    readonly caseRef: string;
    readonly observationId: ObservationId;
    /** Of the document that was looked at. */
    readonly documentSha256: string;
  },
  { by, at }: By,
): Promise<Outcome<'confirmed' | 'confirmed-already', ConfirmFault>> => {
  const found = await findObservation(tx, caseRef, observationId);
  if (found?.asked === undefined || found.asked === null)
    return refused('unknown-observation', `case ${caseRef} has no usable observation ${observationId}`);
  if (found.entry !== 'transcribed') return refused('not-transcribed', 'it was taken over electronically');
  if (found.imported_by === by) return refused('same-person', 'whoever brought it does not confirm it');
  if (found.asked.sourceDocument !== documentSha256)
    return refused('other-document', 'it was taken from another document');
  const row = { observation_id: observationId, case_ref: caseRef, confirmed_at: at, confirmed_by: by };
  if ((await insertConfirmation(tx, row)) === undefined) return done('confirmed-already');
  await recordCaseAct(tx, {
    type: 'observation-confirmed',
    caseRef,
    by,
    at,
    payload: { observation: observationId, document: documentSha256 },
    effects: [
      written('observation_confirmation', { observation_id: observationId }, [
        'case_ref',
        'confirmed_at',
        'confirmed_by',
      ]),
    ],
  });
  return done('confirmed');
};
