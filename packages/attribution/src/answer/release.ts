import type { ReasonCode } from '../reason.js';
import type { OpaqueTag } from '../segment/holding.js';
import { candidatesOf } from './held-candidates.js';
import type { Mistake, Sensitivity } from './mistakes.js';
import type { DisclosureOrder } from './order.js';
import type { Evaluation } from './outcome.js';

interface Released {
  readonly order: { readonly id: string; readonly sha256: string };
  readonly reasons: readonly ReasonCode[];
  /** Milliseconds UTC, inclusive: the time that was asked about with the observer's error. */
  readonly window: Evaluation['window'];
  readonly caveats: readonly ['SUBSCRIBER_IS_NOT_USER'];
}
interface AboutOne extends Released {
  readonly candidates: 1;
  readonly margin: Evaluation['margin'];
  readonly coverage: Evaluation['coverage'];
  readonly load: Evaluation['load'];
  readonly mistakes: Readonly<Record<Mistake, Sensitivity>> | undefined;
  /** The opaque handle; `withheld` where the order does not allow it or is content with a number. */
  readonly subscriber: OpaqueTag | 'withheld';
}

/**
 * What leaves the provider's look-up. Put together member by member, so that nothing can ride along; of several
 * candidates it has the number and nothing else about them.
 */
export type ReleasedAnswer =
  | (AboutOne & { readonly outcome: 'EXACT_ONE' })
  | (AboutOne & { readonly outcome: 'ONE_QUALIFIED' })
  | (Released & {
      readonly outcome: 'N_CANDIDATES';
      readonly candidates: number;
      /** 1/N, a floor without further evidence; nothing is weighted. */
      readonly floor: number;
    })
  | (Released & {
      readonly outcome: 'NONE_PROVEN' | 'NONE_UNKNOWN';
      readonly candidates: 0;
      readonly coverage: Evaluation['coverage'];
    })
  | (Released & { readonly outcome: 'REFUSED'; readonly candidates: 0 });

/** Reduces an evaluation to what the order allows to be told. */
export const release = (
  evaluation: Evaluation,
  order: DisclosureOrder,
  sensitivity: Readonly<Record<Mistake, Sensitivity>> | undefined,
): ReleasedAnswer => {
  const { outcome, reasons, window, margin, coverage, load, candidates } = evaluation;
  const common = {
    order: { id: order.id, sha256: order.sha256 },
    reasons,
    window,
    caveats: ['SUBSCRIBER_IS_NOT_USER'],
  } as const;
  switch (outcome) {
    case 'EXACT_ONE':
    case 'ONE_QUALIFIED': {
      const subscriber = handleFor(evaluation, order);
      return { ...common, outcome, candidates: 1, margin, coverage, load, mistakes: sensitivity, subscriber };
    }
    case 'N_CANDIDATES': {
      const exceeding = candidates > order.maxCandidates ? (['CANDIDATES_EXCEED_ORDER'] as const) : [];
      return { ...common, reasons: [...reasons, ...exceeding].sort(), outcome, candidates, floor: 1 / candidates };
    }
    case 'NONE_PROVEN':
      return { ...common, outcome, candidates: 0, coverage };
    case 'NONE_UNKNOWN':
      // Somebody may have been found and not resolved: how many is no more told than who.
      return { ...common, outcome, candidates: 0, coverage };
    case 'REFUSED':
      return { ...common, outcome, candidates: 0 };
  }
};

const handleFor = (evaluation: Evaluation, { disclose, qualified }: DisclosureOrder): OpaqueTag | 'withheld' => {
  const candidates = candidatesOf(evaluation);
  const allowed = disclose !== 'count' && (evaluation.outcome === 'EXACT_ONE' || qualified === 'disclosed');
  return allowed && candidates.length === 1 ? (candidates[0]?.subscriber ?? 'withheld') : 'withheld';
};
