import type { Branded } from '@tutela/core';
import type { Ipv6Prefix } from '../observation/ip-address.js';
import type { ReasonCode } from '../reason.js';
import type { EndKind, StartKind } from '../record/interval.js';
import type { RecordProto } from '../record/log-record.js';

/** 16 opaque bytes as 32 lower-case hexadecimal digits: a subscriber, an inside address, a session or a destination. */
export type OpaqueTag = Branded<string, 'OpaqueTag'>;

/** What a segment is asked by: outside IPv4 addresses with ports, IPv6 prefixes, or the tag an earlier step gave. */
export type KeyKind = 'ipv4' | 'ipv6' | 'tag';
export type HoldingKey =
  | { readonly kind: 'ipv4'; readonly value: number }
  | { readonly kind: 'ipv6'; readonly prefix: Ipv6Prefix }
  | { readonly kind: 'tag'; readonly tag: OpaqueTag };

/** How firmly a holding is known. `possible`: it may have held then, because a start or an end was not logged. */
export type Certainty = 'certain' | 'possible';

export interface HoldingMark {
  readonly certainty: Certainty;
  readonly start: StartKind;
  readonly end: EndKind;
  /** Whether it reaches beyond the segment's period: such holdings are repeated in the neighbouring segments. */
  readonly reach: 'inside' | 'from-before' | 'to-after' | 'throughout';
  /** Unit of its stamps in milliseconds. */
  readonly precisionMs: number;
  readonly qualifiers: readonly ReasonCode[];
}

/** Who held a key, when. `from` and `to` are milliseconds UTC, both inclusive; ports are inclusive. */
export interface Holding {
  readonly key: HoldingKey;
  readonly proto: RecordProto;
  readonly portFirst: number;
  readonly portLast: number;
  readonly from: number;
  readonly to: number;
  readonly holder: OpaqueTag;
  readonly destination: OpaqueTag | undefined;
  readonly mark: HoldingMark;
}
