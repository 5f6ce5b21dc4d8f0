import type { Step } from './step.js';

/** What an authority asks besides. The first two are enforced, the third stands beside every decision for people. */
export type Condition =
  /** A second person of the case has to be there at these steps. */
  | { readonly kind: 'second-person'; readonly steps: readonly Step[] }
  /** Everything goes to the filter team first: the case team gets at these steps only what was released. */
  | { readonly kind: 'filter-team'; readonly steps: readonly Step[] }
  /** A protocol, a place, a report: in words. */
  | { readonly kind: 'protocol' | 'place' | 'other'; readonly text: string };
