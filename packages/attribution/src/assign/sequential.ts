import { done, nothing, type Outcome, refused, undecidable } from '@tutela/core';
import { ports } from '../parse/make-record.js';
import type { OutsideRange } from '../record/log-record.js';
import type { Assignment } from './assigned.js';

/**
 * Deterministic NAT of RFC 7422 §3. Addresses are those that take part: with `boundaries: 'excluded'` of a network
 * its first and last do not, which changes the size of every block.
 */
export interface SequentialRule {
  readonly kind: 'rfc7422';
  readonly insideNetwork: { readonly first: number; readonly length: number };
  readonly boundaries: 'excluded' | 'included';
  readonly outsideFirst: number;
  readonly outsideCount: number;
  /** D: dynamic pool factor. */
  readonly dynamicFactor: number;
  /** A: 0 sequential. 1 (staggered) is refused: as printed, it gives two customers the same port. */
  readonly algorithm: number;
  /** R: inclusive ranges, which need not touch. */
  readonly reserved: readonly (readonly [number, number])[];
}

const candidatesOf = (reserved: SequentialRule['reserved']): Uint16Array => {
  const isReserved = new Uint8Array(65_536);
  for (const [first, last] of reserved) isReserved.fill(1, first, last + 1);
  return Uint16Array.from({ length: 65_536 }, (_, port) => port).filter((port) => isReserved[port] === 0);
};

export const sequentialAssignment = (
  rule: SequentialRule,
): Outcome<Assignment, 'RULE_MALFORMED' | 'RULE_UNSUPPORTED'> => {
  if (rule.algorithm !== 0)
    return refused('RULE_UNSUPPORTED', 'only A = 0: as RFC 7422 prints A = 1, ports are shared');
  const { length } = rule.insideNetwork;
  const wholeRanges = rule.reserved.every(
    ([first, last]) =>
      Number.isInteger(first) && Number.isInteger(last) && first >= 0 && first <= last && last <= 65_535,
  );
  const counts = [rule.outsideCount, rule.dynamicFactor].every((each) => Number.isInteger(each) && each >= 0);
  if (!wholeRanges || !counts || rule.outsideCount < 1)
    return refused('RULE_MALFORMED', 'counts and ports are whole numbers');
  if (!Number.isInteger(length) || length < 8 || length > 32)
    return refused('RULE_MALFORMED', 'the inside network is /8 to /32');
  const size = 2 ** (32 - length);
  const skips = rule.boundaries === 'excluded' && size > 2 ? 1 : 0;
  const insideFirst = rule.insideNetwork.first + skips;
  const insideCount = size - 2 * skips;
  const ratio = Math.ceil(insideCount / rule.outsideCount);
  const candidates = candidatesOf(rule.reserved);
  const block = Math.floor(candidates.length / (ratio + rule.dynamicFactor));
  if (block < 1) return refused('RULE_MALFORMED', 'there are more customers than ports');
  const rank = new Int32Array(65_536).fill(-1);
  for (const [index, port] of candidates.entries()) rank[port] = index;

  return done({
    holderOf: (ip4, port) => {
      const outside = ip4 - rule.outsideFirst;
      if (outside < 0 || outside >= rule.outsideCount)
        return nothing('ADDRESS_NOT_OURS', 'not an outside address of the rule');
      const index = rank[port] ?? -1;
      if (index < 0) return refused('RESERVED_PORT', 'the rule keeps this port from every customer');
      const share = Math.floor(index / block);
      if (share >= ratio) return undecidable('DYNAMIC_POOL', 'a port of the dynamic pool: its log has to be read');
      const number = outside * ratio + share;
      // The last outside address may serve fewer: the rest of its ports nobody was given.
      if (number >= insideCount) return nothing('ADDRESS_NOT_OURS', 'no customer has this share of the last address');
      return done({ kind: 'inside-ip4', ip4: insideFirst + number });
    },
    rangesOf: (holder) => {
      const number = holder.kind === 'inside-ip4' ? holder.ip4 - insideFirst : -1;
      if (number < 0 || number >= insideCount) return nothing('ADDRESS_NOT_OURS', 'not an inside address of the rule');
      const first = (number % ratio) * block;
      const outside = rule.outsideFirst + Math.floor(number / ratio);
      return done(runs(candidates, first, first + block, outside));
    },
  });
};

/** Candidate ports as ranges: reserved ports inside a share break it. */
const runs = (candidates: Uint16Array, from: number, to: number, outside: number): readonly OutsideRange[] => {
  const found: OutsideRange[] = [];
  let first = candidates[from]!;
  for (let at = from; at < to; at++) {
    const port = candidates[at]!;
    if (at + 1 < to && candidates[at + 1] === port + 1) continue;
    found.push(ports(outside, first, port));
    first = candidates[at + 1] ?? 0;
  }
  return found;
};
