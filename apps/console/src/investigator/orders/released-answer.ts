/** To the next holder of the address and port; `at-least`: the log kept does not reach further. */
export interface Distance {
  readonly kind: 'exact' | 'at-least';
  readonly ms: number;
}

/** An answer as `docs/attribution-exchange.md` has it, with what the screen tells of it. */
export interface ReleasedAnswer {
  readonly outcome: string;
  readonly candidates: number;
  readonly reasons: readonly string[];
  /** Milliseconds UTC, inclusive, with the observer's error. */
  readonly window: { readonly from: number; readonly to: number };
  readonly margin: { readonly before: Distance; readonly after: Distance } | undefined;
  readonly subscriber: string | undefined;
  /** Mistakes of whoever wrote the time down under which the answer would be another. */
  readonly wouldChange: readonly string[];
}

interface Stated extends Omit<ReleasedAnswer, 'wouldChange'> {
  readonly mistakes?: Readonly<Record<string, string>>;
}

/** @param answer as the order carries it: the release itself, or within the answer's own frame */
export const readReleased = (answer: object): ReleasedAnswer => {
  const { mistakes = {}, ...stated } = ('released' in answer ? answer.released : answer) as Stated;
  const wouldChange = Object.entries(mistakes).flatMap(([name, found]) => (found === 'would-change' ? [name] : []));
  return { ...stated, wouldChange };
};
