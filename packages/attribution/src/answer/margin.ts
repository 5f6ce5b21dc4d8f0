import type { Asked } from '../look-up/resolve-chain.js';
import type { Distance, Evaluation } from './outcome.js';

/** From the window to the nearest holding of somebody else, at whichever step of the chain it is nearest. */
export const marginOf = (asked: readonly Asked[]): Evaluation['margin'] => {
  if (asked.length === 0) return undefined;
  return {
    before: nearest(
      asked.map(({ window, findings: { before } }) => ({
        kind: before.kind,
        ms: Math.max(0, window.from - before.at),
      })),
    ),
    after: nearest(
      asked.map(({ window, findings: { after } }) => ({ kind: after.kind, ms: Math.max(0, after.at - window.to) })),
    ),
  };
};

const nearest = (distances: readonly Distance[]): Distance =>
  distances.reduce((least, distance) => (distance.ms < least.ms ? distance : least));
