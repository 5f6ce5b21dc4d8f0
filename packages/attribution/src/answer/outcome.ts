import type { Coverage } from '../coverage/coverage.js';
import type { ReasonCode } from '../reason.js';
import type { SegmentRead } from '../segment/touching.js';

/** How a question to a provider ends (attribution.md §4.3). */
export type AnswerOutcome = 'EXACT_ONE' | 'ONE_QUALIFIED' | 'N_CANDIDATES' | 'NONE_PROVEN' | 'NONE_UNKNOWN' | 'REFUSED';

/** How far the clocks would have to be wrong for somebody else to come in; `at-least`: nobody else in what was read. */
export interface Distance {
  readonly kind: 'exact' | 'at-least';
  readonly ms: number;
}

/**
 * What a look-up came to, without who: this may be printed, logged and kept. Whoever is behind it is known to
 * `candidatesOf` alone (test: "9: nobody is in an evaluation, however it is looked at").
 */
export interface Evaluation {
  readonly outcome: AnswerOutcome;
  readonly reasons: readonly ReasonCode[];
  readonly candidates: number;
  /** True time asked about, with the observer's error: milliseconds UTC, inclusive. */
  readonly window: { readonly from: number; readonly to: number };
  readonly margin: { readonly before: Distance; readonly after: Distance } | undefined;
  readonly coverage: Coverage | undefined;
  /**
   * Expected number of other holders of the same ports within the window (λ of §4.5), and how many subscribers the
   * address had in the period of the segments that were read.
   */
  readonly load: { readonly lambda: number; readonly subscribersOnAddress: number } | undefined;
  readonly reads: readonly SegmentRead[];
  readonly versions: readonly string[];
}
