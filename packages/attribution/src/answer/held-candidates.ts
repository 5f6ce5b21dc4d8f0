import type { Candidate } from '../look-up/candidate.js';
import type { Evaluation } from './outcome.js';

/** Held apart from the evaluations, so that writing one down cannot write down who. */
const held = new WeakMap<Evaluation, readonly Candidate[]>();

export const holdCandidates = (evaluation: Evaluation, candidates: readonly Candidate[]): Evaluation => {
  const frozen = Object.freeze(evaluation);
  held.set(frozen, candidates);
  return frozen;
};

/** Never leaves this package. */
export const candidatesOf = (evaluation: Evaluation): readonly Candidate[] => held.get(evaluation) ?? [];
