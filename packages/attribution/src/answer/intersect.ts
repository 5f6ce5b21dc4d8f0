import type { ReasonCode } from '../reason.js';
import type { OpaqueTag } from '../segment/holding.js';
import { candidatesOf } from './held-candidates.js';
import type { DisclosureOrder } from './order.js';
import type { AnswerOutcome, Evaluation } from './outcome.js';

/**
 * What several observations of supposedly one subscriber come to together (attribution.md §4.6): the number of
 * candidates of each, in the order in which they were asked, and of all together; who, only where it is one.
 */
export interface Intersection {
  readonly order: { readonly id: string; readonly sha256: string };
  readonly outcome: AnswerOutcome;
  readonly reasons: readonly ReasonCode[];
  readonly sizes: readonly number[];
  readonly candidates: number;
  readonly subscriber: OpaqueTag | 'withheld';
  readonly caveats: readonly ['SUBSCRIBER_IS_NOT_USER', 'ASSUMES_ONE_SUBSCRIBER_THROUGHOUT'];
}

/**
 * Intersects the candidates of all observations; they were chosen before the first was asked, and one that yields
 * nothing is kept, since leaving out what does not fit makes an answer out of anything.
 *
 * One subscriber in all of them is exact only when one of the observations is so by itself: that they are all of one
 * subscriber is the asker's assumption and in no log.
 */
export const intersect = (evaluations: readonly Evaluation[], order: DisclosureOrder): Intersection => {
  const sets = evaluations.map((evaluation) => new Set(resolvedOf(evaluation)));
  const [first = new Set<OpaqueTag>(), ...others] = sets;
  const common = [...first].filter((subscriber) => others.every((set) => set.has(subscriber)));
  const outcome = outcomeOf(evaluations, common.length);
  const exceeding = common.length > Math.max(1, order.maxCandidates) ? (['CANDIDATES_EXCEED_ORDER'] as const) : [];
  const told =
    order.disclose !== 'count' &&
    (outcome === 'EXACT_ONE' || (outcome === 'ONE_QUALIFIED' && order.qualified === 'disclosed'));
  return {
    order: { id: order.id, sha256: order.sha256 },
    outcome,
    reasons: [...new Set([...evaluations.flatMap(({ reasons }) => reasons), ...exceeding])].sort(),
    sizes: evaluations.map(({ candidates }) => candidates),
    candidates: common.length,
    subscriber: told ? (common[0] ?? 'withheld') : 'withheld',
    caveats: ['SUBSCRIBER_IS_NOT_USER', 'ASSUMES_ONE_SUBSCRIBER_THROUGHOUT'],
  };
};

const resolvedOf = (evaluation: Evaluation): readonly OpaqueTag[] =>
  candidatesOf(evaluation).flatMap(({ subscriber }) => subscriber ?? []);

const outcomeOf = (evaluations: readonly Evaluation[], common: number): AnswerOutcome => {
  if (evaluations.length === 0 || evaluations.some(({ outcome }) => outcome === 'REFUSED')) return 'REFUSED';
  if (common > 1) return 'N_CANDIDATES';
  if (common === 1) return evaluations.some(({ outcome }) => outcome === 'EXACT_ONE') ? 'EXACT_ONE' : 'ONE_QUALIFIED';
  return evaluations.every(isComplete) ? 'NONE_PROVEN' : 'NONE_UNKNOWN';
};

/** Nobody can be missing from its candidates: each is resolved, and no log has a gap around any of them. */
const isComplete = (evaluation: Evaluation): boolean =>
  evaluation.outcome === 'NONE_PROVEN' ||
  (evaluation.candidates > 0 &&
    candidatesOf(evaluation).every(
      ({ subscriber, coverage }) => subscriber !== undefined && coverage.kind === 'proven',
    ));
