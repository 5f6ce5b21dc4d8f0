import type { Kind } from './owner-group.js';
import { type Standing, type StopRule, standingOf } from './stop-rule.js';
import type { YieldTable } from './yield-table.js';

/** A kind of group that has something to try, and what a check of it costs, in seconds of one processor. */
export interface Prospect {
  readonly kind: Kind;
  readonly cost: number;
}

export type Next<On extends Prospect = Prospect> =
  /** `expected`: locks opened a second. */
  | { readonly kind: 'work'; readonly on: On; readonly expected: number }
  | { readonly kind: 'stop'; readonly why: 'nothing-left' | Exclude<Standing, 'go-on'> };

/**
 * What promises to open most locks for its cost: words near cheap locks before the list, the list on cheap formats before
 * words near dear ones, or otherwise, as what was seen says.
 */
export const nextKind = <On extends Prospect>(
  waiting: Iterable<On>,
  table: YieldTable,
  rule: StopRule,
  secondsSpent: number,
): Next<On> => {
  let best: { readonly on: On; readonly expected: number } | undefined;
  for (const on of waiting) {
    const expected = table.expected(on.kind) / on.cost;
    if (best === undefined || expected > best.expected) best = { on, expected };
  }
  if (best === undefined) return { kind: 'stop', why: 'nothing-left' };
  const standing = standingOf(rule, best.expected, secondsSpent);
  return standing === 'go-on' ? { kind: 'work', ...best } : { kind: 'stop', why: standing };
};
