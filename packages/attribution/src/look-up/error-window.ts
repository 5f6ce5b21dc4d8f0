import type { Span } from '../coverage/coverage.js';
import type { Observation } from '../observation/observation.js';
import type { HolderSource } from './holder-source.js';

/**
 * When it truly happened: the observed window with the error of the observer's clock on both sides, and on the right
 * the unit the stamp was cut to (attribution.md §4.2). An unknown error adds nothing here, since a window is never
 * widened to obtain a hit; it keeps the answer from being exact instead.
 */
export const trueWindow = ({ from, to, clock }: Observation): Span => {
  const error = clock.errorMs === 'unknown' ? 0 : clock.errorMs;
  const quantisation = to.precisionMs > 1 ? to.precisionMs : 0;
  return { from: from.at - error, to: to.at + quantisation + error };
};

const sourceError = ({ clockErrorMs, precisionMs }: HolderSource): number =>
  (clockErrorMs === 'unknown' ? 0 : clockErrorMs) + (precisionMs > 1 ? precisionMs : 0);

/** A stretch of true time as a source's clock may have stamped it: W of §4.2. */
export const windowOf = (source: HolderSource, truth: Span): Span => {
  const error = sourceError(source);
  return { from: truth.from - error, to: truth.to + error };
};

/** The true time that a source's stamps may stand for, no more than `within`. */
export const truthOf = (source: HolderSource, stamped: Span, within: Span): Span => {
  const error = sourceError(source);
  return { from: Math.max(within.from, stamped.from - error), to: Math.min(within.to, stamped.to + error) };
};
