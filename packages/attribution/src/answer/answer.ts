import { createHash } from 'node:crypto';
import { type CanonicalJson, canonicalJson, type JsonValue } from '@tutela/core';
import { trueWindow } from '../look-up/error-window.js';
import type { Observation } from '../observation/observation.js';
import { type AttributionPlan, evaluate, refusedFor } from './evaluate.js';
import { checkMistakes } from './mistakes.js';
import { admitToOrder, type DisclosureOrder } from './order.js';
import type { Evaluation } from './outcome.js';
import { type ReleasedAnswer, release } from './release.js';

/** A question under an order. `now` decides whether the order still stands and goes into nothing else. */
export interface Question {
  readonly observation: Observation;
  readonly order: DisclosureOrder;
  readonly purpose: string;
  readonly now: number;
}

export interface Answer {
  readonly released: ReleasedAnswer;
  /** For the ledger: question, versions, what was read and what was released; the same inputs give the same bytes. */
  readonly record: CanonicalJson;
  /** SHA-256 of `record`. */
  readonly sha256: string;
  /** For `intersect`. Prints without anybody in it. */
  readonly evaluation: Evaluation;
}

const answerFormat = 'tutela-answer/1';

/** Answers one question: the order first, then the look-up, then the mistakes, then what may be released. */
export const answerQuestion = (question: Question, plan: AttributionPlan): Answer => {
  const { observation, order } = question;
  const admitted = admitToOrder(observation, order, question);
  const evaluation =
    admitted.kind === 'done' ? evaluate(observation, plan) : refusedFor(codeOf(admitted), trueWindow(observation));
  const one = evaluation.outcome === 'EXACT_ONE' || evaluation.outcome === 'ONE_QUALIFIED';
  const check = one ? checkMistakes(observation, evaluation, plan) : undefined;
  const released = release(evaluation, order, check?.sensitivity);
  const record = canonicalJson(
    plain({
      format: answerFormat,
      observation: plainObservation(observation),
      purpose: question.purpose,
      order: { id: order.id, sha256: order.sha256 },
      released,
      reads: evaluation.reads,
      versions: [...new Set([...evaluation.versions, ...(check?.versions ?? [])])].sort(),
    }),
  );
  return { released, record, sha256: createHash('sha256').update(record).digest('hex'), evaluation };
};

const codeOf = (refusal: Exclude<ReturnType<typeof admitToOrder>, { kind: 'done' }>) => refusal.reason.code;

/** Addresses as their text: an IPv6 value is no JSON number. */
const plainObservation = (observation: Observation) => ({
  ...observation,
  ip: observation.ip.text,
  dest: observation.dest === undefined ? undefined : { ...observation.dest, ip: observation.dest.ip.text },
});

/** What is `undefined` is left out: JSON has no such value. */
const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;
