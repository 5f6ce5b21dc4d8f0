import { done, groupBy, nothing, type Outcome, refused } from '@tutela/core';
import { ports } from '../parse/make-record.js';
import type { Assignment } from './assigned.js';

/** Ports given to an inside address by configuration, such as RouterOS `netmap` rules or A10's fixed NAT. */
export interface StaticPortRow {
  readonly inside: number;
  readonly outside: number;
  readonly portFirst: number;
  readonly portLast: number;
}
export interface StaticPortsRule {
  readonly kind: 'static-ports';
  readonly rows: readonly StaticPortRow[];
}

export const staticPortsAssignment = (rule: StaticPortsRule): Outcome<Assignment, 'RULE_MALFORMED'> => {
  const byOutside = groupBy(rule.rows, (row) => row.outside);
  for (const rows of byOutside.values()) {
    rows.sort((a, b) => a.portFirst - b.portFirst);
    const wrong = rows.some(
      (row, at) => row.portFirst > row.portLast || (at > 0 && rows[at - 1]!.portLast >= row.portFirst),
    );
    if (wrong) return refused('RULE_MALFORMED', 'two rules give out the same port of one address');
  }
  const byInside = groupBy(rule.rows, (row) => row.inside);
  return done({
    holderOf: (ip4, port) => {
      const row = byOutside.get(ip4)?.find((each) => port >= each.portFirst && port <= each.portLast);
      return row === undefined
        ? nothing('ADDRESS_NOT_OURS', 'no rule gives out this address and port')
        : done({ kind: 'inside-ip4', ip4: row.inside });
    },
    rangesOf: (holder) => {
      const rows = holder.kind === 'inside-ip4' ? byInside.get(holder.ip4) : undefined;
      return rows === undefined
        ? nothing('ADDRESS_NOT_OURS', 'no rule names this inside address')
        : done(rows.map((row) => ports(row.outside, row.portFirst, row.portLast)));
    },
  });
};
