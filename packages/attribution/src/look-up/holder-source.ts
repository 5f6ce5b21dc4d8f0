import type { Coverage, Span } from '../coverage/coverage.js';
import type { IpAddress, Ipv6Prefix } from '../observation/ip-address.js';
import type { ObservedEndpoint, Protocol } from '../observation/observation.js';
import type { ReasonCode } from '../reason.js';
import type { EndKind, StartKind } from '../record/interval.js';
import type { Certainty, OpaqueTag } from '../segment/holding.js';
import type { SegmentRead } from '../segment/touching.js';

/** What one step of the chain leads to: the key of the next, or at its end the subscriber's handle. */
export type Link =
  | { readonly kind: 'tag'; readonly tag: OpaqueTag }
  | { readonly kind: 'prefix'; readonly prefix: Ipv6Prefix };

/** What a source is asked by: an observed endpoint at the first step, a link at the others. */
export type SourceKey =
  | {
      readonly kind: 'endpoint';
      readonly ip: IpAddress;
      readonly port: number | undefined;
      readonly proto: Protocol | undefined;
      readonly dest: ObservedEndpoint | undefined;
    }
  | Link;

/** Somebody held it. Milliseconds UTC by the source's clock, inclusive. */
export interface Found extends Span {
  readonly link: Link;
  readonly certainty: Certainty;
  readonly start: StartKind;
  readonly end: EndKind;
  /** `ports`: others may hold other ports of the same address. */
  readonly extent: 'whole' | 'ports';
  readonly destination: OpaqueTag | undefined;
  readonly qualifiers: readonly ReasonCode[];
}

export interface Findings {
  readonly found: readonly Found[];
  /** End of the last holding of another before the window; `atLeast`: there is none back to that moment. */
  readonly before: { readonly kind: 'exact' | 'at-least'; readonly at: number };
  readonly after: { readonly kind: 'exact' | 'at-least'; readonly at: number };
  /**
   * Whether nothing is missing in the source over a stretch. `elsewhere`: another source has to know, as a rule set says
   * of ports in its dynamic pool.
   */
  readonly coverage: (span: Span) => Coverage | { readonly kind: 'elsewhere' };
  /** From when on everything that held at the window's start would be known, if nothing was lost. */
  readonly knownFrom: number | undefined;
  readonly reads: readonly SegmentRead[];
  /** Over `ms` milliseconds: holdings, distinct keys that were handed out, distinct holders, of the whole address. */
  readonly load:
    | { readonly holdings: number; readonly runs: number; readonly holders: number; readonly ms: number }
    | undefined;
  readonly reasons: readonly ReasonCode[];
}

/** Logs in segments, or a rule set that assigns without a log: whoever knows who held something. */
export interface HolderSource {
  readonly name: string;
  /** Digests of segments or of the rule set, parser and time zone versions: what an answer has to name. */
  readonly versions: (span: Span) => readonly string[];
  readonly clockErrorMs: number | 'unknown';
  /** Unit of its stamps in milliseconds; 0 for finer than a millisecond or for rules. */
  readonly precisionMs: number;
  readonly ports: 'one-holder' | 'one-holder-per-destination';
  readonly inbound: 'logged' | 'not-logged';
  /** Asked before anything is read. */
  readonly owns: (ip: IpAddress, span: Span) => 'owned' | 'not-owned' | 'retention-expired';
  readonly find: (key: SourceKey, span: Span) => Findings;
}
