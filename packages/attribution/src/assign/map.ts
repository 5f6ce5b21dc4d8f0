import { done, nothing, type Outcome, refused } from '@tutela/core';
import type { Ipv4Prefix, Ipv6Prefix } from '../observation/ip-address.js';
import { ports } from '../parse/make-record.js';
import type { Assignment } from './assigned.js';
import { psidOf, psidRanges } from './port-set.js';

/** A basic mapping rule of MAP-E (RFC 7597 §5.2) or MAP-T (RFC 7599), which map alike. */
export interface MapRule {
  readonly kind: 'map-e' | 'map-t';
  readonly ip6: Ipv6Prefix;
  readonly ip4: Ipv4Prefix;
  /** o: bits of the end-user prefix after the rule's that hold the IPv4 suffix and the port set. */
  readonly eaLength: number;
  /** a: 6 unless said otherwise; 0 to give out system ports too. */
  readonly psidOffset: number;
}

export const mapAssignment = (rule: MapRule): Outcome<Assignment, 'RULE_MALFORMED' | 'RULE_UNSUPPORTED'> => {
  const { eaLength, psidOffset } = rule;
  const suffixLength = 32 - rule.ip4.length;
  const psidLength = Math.max(0, eaLength - suffixLength);
  const length = rule.ip6.length + eaLength;
  const whole = [eaLength, psidOffset, suffixLength].every((each) => Number.isInteger(each) && each >= 0);
  if (!whole || length > 64 || suffixLength > 32)
    return refused('RULE_MALFORMED', 'an end-user prefix has at most 64 bits');
  if (psidOffset + psidLength > 16) return refused('RULE_MALFORMED', 'offset and port-set id have at most 16 bits');
  if (eaLength === 0) {
    return refused(
      'RULE_UNSUPPORTED',
      'without EA bits the port set is in the provisioning data: import it as a binding table',
    );
  }
  /** Fewer EA bits than suffix bits: a customer has a prefix of addresses (RFC 7597 §5.2). */
  const sharedBits = Math.max(0, suffixLength - eaLength);
  const rest = BigInt(128 - length);

  return done({
    holderOf: (ip4, port) => {
      const suffix = ip4 - rule.ip4.value;
      if (suffix < 0 || suffix >= 2 ** suffixLength) return nothing('ADDRESS_NOT_OURS', 'not an address of the rule');
      const psid = psidOf(port, psidOffset, psidLength);
      if (psid === 'excluded') return refused('EXCLUDED_PORT', 'no customer of this rule can send from this port');
      const bits = (BigInt(Math.floor(suffix / 2 ** sharedBits)) << BigInt(psidLength)) | BigInt(psid);
      return done({ kind: 'ip6', prefix: { version: 6, value: rule.ip6.value | (bits << rest), length } });
    },
    rangesOf: (holder) => {
      if (holder.kind !== 'ip6' || holder.prefix.length < length)
        return nothing('ADDRESS_NOT_OURS', 'not an end-user prefix');
      const inRule = holder.prefix.value >> rest;
      if (inRule >> BigInt(eaLength) !== rule.ip6.value >> BigInt(128 - rule.ip6.length)) {
        return nothing('ADDRESS_NOT_OURS', 'not a prefix of the rule');
      }
      const bits = Number(inRule & ((1n << BigInt(eaLength)) - 1n));
      const psid = bits % 2 ** psidLength;
      const first = rule.ip4.value + Math.floor(bits / 2 ** psidLength) * 2 ** sharedBits;
      const ranges = psidRanges(psid, psidOffset, psidLength);
      const addresses = Array.from({ length: 2 ** sharedBits }, (_, index) => first + index);
      return done(addresses.flatMap((ip4) => ranges.map(([from, to]) => ports(ip4, from, to))));
    },
  });
};

/** The address of the customer's device (RFC 7597 §6): prefix, 16 zero bits, IPv4 address, port-set id. */
export const mapCeAddress = (prefix: Ipv6Prefix, ip4: number, psid: number): bigint =>
  prefix.value | (BigInt(ip4) << 16n) | BigInt(psid);
