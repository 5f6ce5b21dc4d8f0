import type { OrderDocument } from '@tutela/attribution/exchange';
import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { answerReproducedEvent } from '../events.js';
import { ProviderError } from '../provider-error.js';
import { findAnswer, findOrder, findPlan } from '../queries/orders.js';
import { answerAll, questionsOf } from './answer-questions.js';
import type { OrderDeps } from './order-deps.js';
import { planAgain } from './plan-parts.js';

export interface Reproduced {
  readonly outcome: 'same' | 'differs';
  /** SHA-256 of the record then and now. */
  readonly before: string;
  readonly again: string;
}

/**
 * Makes an answer again from its order and the very segments and rules it was made from, and compares the bytes. What
 * it would say today instead is not shown.
 */
export const reproduceAnswer = async (
  deps: OrderDeps,
  answerId: string,
  by: string,
): Promise<Outcome<Reproduced, 'answer-unknown' | 'segment-deleted'>> => {
  const { db, clock } = deps;
  const note = (outcome: 'same' | 'differs' | 'not-kept'): Promise<unknown> =>
    inTransaction(db, (tx) => appendEvent(tx, answerReproducedEvent(answerId, outcome, by, clock.now())));
  const row = await findAnswer(db, answerId);
  if (row === undefined) return refused('answer-unknown', 'there is no such answer');
  const order = await findOrder(db, row.order_id);
  const text = await findPlan(db, row.plan_sha256);
  if (order === undefined || text === undefined) throw new ProviderError('plan-missing', 'an answer without its plan');
  const parts = await planAgain(db, text);
  if (parts === undefined) {
    await note('not-kept');
    return refused('segment-deleted', 'a segment it was made from was deleted when its retention ended');
  }
  const all = questionsOf(row.order_id, JSON.parse(order.document) as OrderDocument, row.asked_at);
  const observation = all.observations[row.ordinal];
  if (observation === undefined) throw new ProviderError('order-damaged', 'an answer to no observation');
  const admitted = all.admitted.filter((one) => one === observation);
  const one = { ...all, observations: [observation], admitted, together: 'separate' } as const;
  const [made] = answerAll(deps, one, parts, row.asked_at).answers;
  const outcome = made?.record === row.record ? 'same' : 'differs';
  await note(outcome);
  return done({ outcome, before: row.record_sha256, again: made?.sha256 ?? '' });
};
