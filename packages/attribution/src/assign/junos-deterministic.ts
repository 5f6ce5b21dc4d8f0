import { done, nothing, type Outcome, refused } from '@tutela/core';
import { ports } from '../parse/make-record.js';
import type { Assignment } from './assigned.js';

/**
 * Junos' deterministic NAT: blocks are dealt out over a rounded share of each outside address, from port 1024 on.
 * `insideFirst` and `insideCount` are with the network's boundary addresses only under `include-boundary-addresses`.
 */
export interface JunosDeterministicRule {
  readonly kind: 'junos-deterministic';
  readonly insideFirst: number;
  readonly insideCount: number;
  readonly outsideFirst: number;
  readonly outsideCount: number;
  readonly blockSize: number;
}

const firstPort = 1024;

export const junosAssignment = (rule: JunosDeterministicRule): Outcome<Assignment, 'RULE_MALFORMED'> => {
  const { insideCount, outsideCount, blockSize } = rule;
  const whole = [rule.insideFirst, insideCount, rule.outsideFirst, outsideCount, blockSize].every(Number.isInteger);
  if (!whole || insideCount < 1 || outsideCount < 1 || blockSize < 1)
    return refused('RULE_MALFORMED', 'counts are whole and positive');
  const rounded = Math.ceil(insideCount / outsideCount) * blockSize;
  if (firstPort + rounded > 65_536) return refused('RULE_MALFORMED', 'an outside address has not that many ports');
  return done({
    holderOf: (ip4, port) => {
      const outside = ip4 - rule.outsideFirst;
      if (outside < 0 || outside >= outsideCount)
        return nothing('ADDRESS_NOT_OURS', 'not an outside address of the rule');
      if (port < firstPort) return refused('RESERVED_PORT', `ports below ${firstPort} are given to nobody`);
      // Beyond the rounded share begins no customer's block; arithmetic alone would name the next address's first.
      if (port - firstPort >= rounded) return nothing('ADDRESS_NOT_OURS', 'a port beyond all blocks of the address');
      const number = Math.floor((outside * rounded + port - firstPort) / blockSize);
      return number < insideCount
        ? done({ kind: 'inside-ip4', ip4: rule.insideFirst + number })
        : nothing('ADDRESS_NOT_OURS', 'no customer has this block of the last address');
    },
    rangesOf: (holder) => {
      const number = holder.kind === 'inside-ip4' ? holder.ip4 - rule.insideFirst : -1;
      if (number < 0 || number >= insideCount) return nothing('ADDRESS_NOT_OURS', 'not an inside address of the rule');
      const offset = number * blockSize;
      const first = firstPort + (offset % rounded);
      return done([ports(rule.outsideFirst + Math.floor(offset / rounded), first, first + blockSize - 1)]);
    },
  });
};
