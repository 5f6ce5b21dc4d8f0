import { createHash } from 'node:crypto';
import type { AnswerDocument, OrderDocument } from '@tutela/attribution/exchange';
import { canonicalJson, done, type JsonObject, type JsonValue, type Outcome, refused } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { By } from '../../case/cases.js';
import { changeOrder, insertAnswer, lockLetterAnswer, markLetterChecked, putLetterAnswer } from '../queries.js';
import type { OrderId } from '../schema.js';
import { tellOrder, written } from '../tell.js';
import { readTranscription, type TranscriptionFault } from './transcription.js';
import { type LetterFault, waitingLetter } from './waiting-letter.js';

export type EnterAnswerFault = LetterFault | TranscriptionFault;
export type CheckAnswerFault = LetterFault | 'nothing-to-check' | 'same-person' | 'other-document';

const letterColumns = [
  'case_ref',
  'scan_sha256',
  'document',
  'sha256',
  'transcribed_at',
  'transcribed_by',
  'checked_at',
  'checked_by',
] as const;

/**
 * Takes over what one person typed off the letter of a provider without Tutela. It is no answer yet: until somebody else
 * has checked it, it may be typed again. The scan has to be in the vault of the case by then.
 */
export const enterLetterAnswer = async (
  tx: Tx,
  { orderId, scanSha256, typed }: { readonly orderId: OrderId; readonly scanSha256: string; readonly typed: JsonValue },
  { by, at }: By,
): Promise<Outcome<{ readonly sha256: string }, EnterAnswerFault>> => {
  const found = await waitingLetter(tx, orderId);
  if (found.kind !== 'done') return found;
  const { sha256: orderSha256, document, case_ref: caseRef } = found.value;
  const order = { orderId, sha256: orderSha256, document: JSON.parse(document) as OrderDocument };
  const read = readTranscription(typed, order, scanSha256);
  if (read.kind !== 'done') return read;
  const bytes = Buffer.from(canonicalJson(read.value as unknown as JsonObject));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const row = { order_id: orderId, case_ref: caseRef, scan_sha256: scanSha256, document: bytes, sha256 };
  await putLetterAnswer(tx, { ...row, transcribed_at: at, transcribed_by: by });
  await tellOrder(tx, {
    type: 'order-answer-transcribed',
    caseRef,
    orderId,
    by,
    at,
    payload: { scan: scanSha256, answers: sha256 },
    more: [written('letter_answer', { order_id: orderId }, letterColumns)],
  });
  return done({ sha256 });
};

/**
 * A second person has compared what was typed with the letter: it becomes the answer to the order.
 * @param scanSha256 of the letter that was looked at
 */
export const checkLetterAnswer = async (
  tx: Tx,
  { orderId, scanSha256 }: { readonly orderId: OrderId; readonly scanSha256: string },
  { by, at }: By,
): Promise<Outcome<{ readonly sha256: string }, CheckAnswerFault>> => {
  const found = await waitingLetter(tx, orderId);
  if (found.kind !== 'done') return found;
  const typed = await lockLetterAnswer(tx, orderId);
  if (typed === undefined) return refused('nothing-to-check', `nobody has typed an answer to order ${orderId}`);
  if (typed.transcribed_by === by) return refused('same-person', 'whoever typed it does not check it');
  if (typed.scan_sha256 !== scanSha256) return refused('other-document', 'it was typed off another document');
  const { case_ref: caseRef, provider_id: provider } = found.value;
  const { document, sha256, transcribed_by: transcribedBy } = typed;
  await markLetterChecked(tx, orderId, by, at);
  await insertAnswer(tx, { order_id: orderId, case_ref: caseRef, document, sha256, received_at: at });
  await changeOrder(tx, orderId, { state: 'answered', settled_at: at });
  const outcomes: Record<string, number> = {};
  const { answers } = JSON.parse(document.toString('utf8')) as AnswerDocument;
  for (const { released } of answers) outcomes[released.outcome] = (outcomes[released.outcome] ?? 0) + 1;
  await tellOrder(tx, {
    type: 'order-answered',
    caseRef,
    orderId,
    by,
    at,
    payload: { provider, answers: sha256, outcomes, scan: scanSha256, transcribedBy },
    more: [
      written('letter_answer', { order_id: orderId }, letterColumns),
      written('order_answer', { order_id: orderId }, ['case_ref', 'document', 'sha256', 'received_at']),
    ],
  });
  return done({ sha256 });
};
