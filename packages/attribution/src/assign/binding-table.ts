import { done, groupBy, nothing, type Outcome, refused } from '@tutela/core';
import type { Ipv6Prefix } from '../observation/ip-address.js';
import { ports } from '../parse/make-record.js';
import type { AssignedHolder, Assignment } from './assigned.js';
import { psidOf, psidRanges } from './port-set.js';

/** One customer of a lightweight 4over6 AFTR (RFC 7596 §6), or of MAP with port sets by provisioning. */
export interface BindingRow {
  /** The softwire's address, or the customer's prefix. */
  readonly softwire: Ipv6Prefix;
  readonly ip4: number;
  readonly psid: number;
  readonly psidLength: number;
  readonly psidOffset: number;
}
export interface BindingTableRule {
  readonly kind: 'lw4o6';
  readonly rows: readonly BindingRow[];
}

export const bindingTableAssignment = (rule: BindingTableRule): Outcome<Assignment, 'RULE_MALFORMED'> => {
  const wrong = rule.rows.findIndex(
    ({ psid, psidLength, psidOffset }) =>
      ![psid, psidLength, psidOffset].every((each) => Number.isInteger(each) && each >= 0) ||
      psidLength + psidOffset > 16 ||
      psid >= 2 ** psidLength,
  );
  if (wrong >= 0) return refused('RULE_MALFORMED', `row ${wrong + 1}: no such port set`);
  const byAddress = groupBy(rule.rows, (row) => row.ip4);
  for (const rows of byAddress.values()) {
    if (overlap(rows)) return refused('RULE_MALFORMED', 'two customers have the same port of one address');
  }
  const bySoftwire = groupBy(rule.rows, (row) => keyOf(row.softwire));
  return done({
    holderOf: (ip4, port) => {
      const rows = byAddress.get(ip4);
      if (rows === undefined) return nothing('ADDRESS_NOT_OURS', 'not an address of the table');
      const row = rows.find((each) => psidOf(port, each.psidOffset, each.psidLength) === each.psid);
      if (row !== undefined) return done({ kind: 'ip6', prefix: row.softwire });
      return rows.every((each) => psidOf(port, each.psidOffset, each.psidLength) === 'excluded')
        ? refused('EXCLUDED_PORT', 'no customer of this table can send from this port')
        : nothing('ADDRESS_NOT_OURS', 'the table gives this port to nobody');
    },
    rangesOf: (holder: AssignedHolder) => {
      const rows = holder.kind === 'ip6' ? bySoftwire.get(keyOf(holder.prefix)) : undefined;
      if (rows === undefined) return nothing('ADDRESS_NOT_OURS', 'no row has this softwire');
      return done(
        rows.flatMap(({ ip4, psid, psidOffset, psidLength }) =>
          psidRanges(psid, psidOffset, psidLength).map(([first, last]) => ports(ip4, first, last)),
        ),
      );
    },
  });
};

const keyOf = (prefix: Ipv6Prefix): string => `${prefix.value}/${prefix.length}`;

const overlap = (rows: readonly BindingRow[]): boolean => {
  const taken = new Uint8Array(65_536);
  for (const { psid, psidOffset, psidLength } of rows) {
    for (const [first, last] of psidRanges(psid, psidOffset, psidLength)) {
      if (taken.subarray(first, last + 1).includes(1)) return true;
      taken.fill(1, first, last + 1);
    }
  }
  return false;
};
