import type { Kind } from './owner-group.js';
import { type Standing, type StopRule, standingOf } from './stop-rule.js';
import type { YieldTable } from './yield-table.js';

export type Next =
  | { readonly kind: 'work'; readonly on: Kind; readonly expected: number }
  | { readonly kind: 'stop'; readonly why: Exclude<Standing, 'go-on'> | 'nothing-left' };

/** Of the kinds that have groups waiting, the one whose next block of words opens most locks a check. */
export const nextKind = (waiting: Iterable<Kind>, table: YieldTable, rule: StopRule, checksSpent: number): Next => {
  let best: { readonly on: Kind; readonly expected: number } | undefined;
  for (const on of waiting) {
    const expected = table.expected(on);
    if (best === undefined || expected > best.expected) best = { on, expected };
  }
  if (best === undefined) return { kind: 'stop', why: 'nothing-left' };
  const standing = standingOf(rule, best.expected, checksSpent);
  return standing === 'go-on' ? { kind: 'work', ...best } : { kind: 'stop', why: standing };
};
