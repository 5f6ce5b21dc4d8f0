import { createHmac } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@tutela/core';
import { AttributionError } from '../attribution-error.js';
import type { IpAddress } from '../observation/ip-address.js';
import { formatIpv6, formatIpv6Prefix } from '../observation/ipv6.js';
import type { InsideKey } from '../record/log-record.js';
import type { OpaqueTag } from './holding.js';

/**
 * Tags that stand for people and places in segments: the first 16 bytes of HMAC-SHA-256 under the operator's key. Who
 * has a segment and not the key learns from it neither who held an address nor where anybody went.
 */
export interface OpaqueTags {
  /** An inside address of one address realm (they repeat between VRFs), with the tunnel where that tells customers apart. */
  readonly inside: (realm: string, inside: InsideKey) => OpaqueTag;
  readonly session: (nas: string, sessionId: string) => OpaqueTag;
  readonly account: (account: string) => OpaqueTag;
  readonly destination: (ip: IpAddress, port: number) => OpaqueTag;
}

/** @throws AttributionError `bad-declaration` for a key of fewer than 32 bytes. */
export const openOpaqueTags = (key: Uint8Array): OpaqueTags => {
  if (key.length < 32) throw new AttributionError('bad-declaration', 'the key of opaque tags has at least 32 bytes');
  const tag = (...parts: readonly JsonValue[]): OpaqueTag =>
    createHmac('sha256', key).update(canonicalJson(parts)).digest('hex').slice(0, 32) as OpaqueTag;
  return {
    inside: (realm, { ip4, ip6, vrf, tunnel }) =>
      tag(
        'inside',
        realm,
        vrf ?? null,
        ip4 ?? null,
        ip6 === undefined ? null : formatIpv6Prefix(ip6),
        tunnel === undefined ? null : formatIpv6Prefix(tunnel),
      ),
    session: (nas, sessionId) => tag('session', nas, sessionId),
    account: (account) => tag('account', account),
    destination: (ip, port) => tag('destination', ip.version === 4 ? ip.text : formatIpv6(ip.value), port),
  };
};
