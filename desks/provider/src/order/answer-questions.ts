import type { Intersection, Observation } from '@tutela/attribution';
import { type Answer, admitToOrder, answerQuestion, type DisclosureOrder, intersect } from '@tutela/attribution';
import { disclosureOrderOf, type OrderDocument } from '@tutela/attribution/exchange';
import type { UtcInstant } from '@tutela/core';
import { ProviderError } from '../provider-error.js';
import { type LookUpPlan, openLookUpPlan, type PlanDeps, type PlanParts } from '../segments/look-up-plan.js';
import { readAsked } from './read-asked.js';

/** An order made ready: its observations read again, and which of them it covers. */
export interface Questions {
  readonly order: DisclosureOrder;
  readonly observations: readonly Observation[];
  /** Those that may be looked up; decided before anything is opened. */
  readonly admitted: readonly Observation[];
  readonly together: OrderDocument['together'];
}

/** @throws ProviderError `order-damaged` when what was taken in can no longer be read */
export const questionsOf = (orderId: string, document: OrderDocument, at: UtcInstant): Questions => {
  const order = disclosureOrderOf(orderId, document);
  const observations = document.observations.map((asked) => {
    const read = readAsked(asked);
    // Another version of the time zone database may read a stored text differently: then nothing is answered.
    if (read.kind !== 'done') throw new ProviderError('order-damaged', `order ${orderId}: ${read.reason.code}`);
    return read.value;
  });
  const asking = { purpose: order.purpose, now: Date.parse(at) };
  const admitted = observations.filter((one) => admitToOrder(one, order, asking).kind === 'done');
  return { order, observations, admitted, together: document.together };
};

export interface Answers {
  readonly answers: readonly Answer[];
  readonly together: Intersection | undefined;
}

/** Answers all of them from what the plan names. Where the order covers none, no segment is opened. */
export const answerAll = (deps: PlanDeps, questions: Questions, parts: PlanParts, at: UtcInstant): Answers => {
  const { order, observations, admitted } = questions;
  const covered = new Set(admitted);
  const plan = covered.size === 0 ? nothingOpen : openLookUpPlan(deps, parts, at);
  try {
    const answers = observations.map((observation) =>
      answerQuestion(
        { observation, order, purpose: order.purpose, now: Date.parse(at) },
        covered.has(observation) ? plan.of(observation.ip) : nowhere,
      ),
    );
    const together =
      questions.together === 'separate'
        ? undefined
        : intersect(
            answers.map(({ evaluation }) => evaluation),
            order,
          );
    return { answers, together };
  } finally {
    plan.close();
  }
};

const nowhere = { outside: [], steps: [] } as const;
const nothingOpen: LookUpPlan = { of: () => nowhere, close: () => undefined };
