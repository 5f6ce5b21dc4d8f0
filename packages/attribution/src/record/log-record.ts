import type { Ipv4Prefix, Ipv6Prefix } from '../observation/ip-address.js';
import type { ReasonCode } from '../reason.js';

/** session: one five-tuple; binding: one inside/outside port pair; block: a range of ports; address: a whole one. */
export type RecordKind = 'session' | 'binding' | 'block' | 'address' | 'det-config' | 'lease' | 'radius' | 'pd';
export type RecordEvent = 'alloc' | 'release' | 'interim' | 'snapshot';
/** `'*'` where the allocation counts for every protocol. */
export type RecordProto = 6 | 17 | 1 | '*';

/** Where `tDevice` got its zone from; `receive` says that the device named no time and the collector's stands in. */
export type TimeSource = 'epoch' | 'offset' | 'zone-name' | 'configured' | 'receive';

/** The customer's side of a translation, or what a lease, session or delegation gave out. */
export interface InsideKey {
  readonly ip4: number | undefined;
  /** An address is a prefix of 128 bits. */
  readonly ip6: Ipv6Prefix | undefined;
  /** Inside addresses may repeat between VRFs. */
  readonly vrf: string | undefined;
  /** DS-Lite: the B4's address. */
  readonly tunnel: Ipv6Prefix | undefined;
}

/** Ports inclusive; `prefix` where more than one outside address is meant (then `ip4` is its first). */
export interface OutsideRange {
  readonly ip4: number;
  readonly portFirst: number;
  readonly portLast: number;
  readonly prefix: Ipv4Prefix | undefined;
}

export interface DestinationKey {
  readonly ip4: number | undefined;
  readonly ip6: Ipv6Prefix | undefined;
  readonly port: number;
}

/**
 * What a line says of who the customer is, as it was written. They are identities: a segment keeps an opaque handle
 * made from them, never these.
 */
export interface SubscriberParts {
  readonly account?: string;
  readonly callingStation?: string;
  readonly nas?: string;
  readonly nasPort?: string;
  readonly sessionId?: string;
  readonly circuitId?: string;
  readonly remoteId?: string;
  readonly hardware?: string;
  readonly clientId?: string;
  readonly duid?: string;
  readonly iaid?: string;
}

/** Where in the input a record stands: bytes from its start, and the 1-based line it begins in. */
export interface RawPlace {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

/**
 * What every log format becomes (attribution.md §3). Times are integer milliseconds UTC. Members are always present,
 * `undefined` where a line does not say: one shape for millions of objects.
 */
export interface LogRecord {
  readonly exporter: string;
  readonly natInstance: string;
  readonly kind: RecordKind;
  readonly event: RecordEvent;
  readonly proto: RecordProto;
  readonly inside: InsideKey;
  readonly outside: OutsideRange | undefined;
  readonly dest: DestinationKey | undefined;
  /** When the device says the event happened. */
  readonly tDevice: number;
  /** When the collector got it, if the input tells; the difference measures skew and delay. */
  readonly tReceived: number | undefined;
  readonly tzSource: TimeSource;
  readonly precisionMs: number;
  /** Where the line itself tells the start of what it reports (interim, session time, lease start). */
  readonly tStart: number | undefined;
  /** Until when a lease runs if nobody says otherwise. */
  readonly tExpiry: number | undefined;
  readonly subscriber: SubscriberParts | undefined;
  readonly qualifiers: readonly ReasonCode[];
  readonly raw: RawPlace;
  /** `name@version` of what read the line. */
  readonly parser: string;
}
