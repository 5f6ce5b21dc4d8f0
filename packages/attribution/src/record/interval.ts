import type { ReasonCode } from '../reason.js';
import type {
  DestinationKey,
  InsideKey,
  OutsideRange,
  RawPlace,
  RecordKind,
  RecordProto,
  SubscriberParts,
} from './log-record.js';

/**
 * How the end of an interval is known. `observed`: a release was logged. `inferred-next-alloc`: the release was lost
 * and the next allocation of the same ports shows that it happened. `not-logged`: the format has no ends. `open`:
 * nothing ended it in the input.
 */
export type EndKind =
  | 'observed'
  | 'inferred-next-alloc'
  | 'inferred-nas-restart'
  | 'inferred-lease-expiry'
  | 'inferred-interim'
  | 'not-logged'
  | 'open';

/** `inferred-interim`: a sign of life named the start, or is the first thing seen. `unknown`: only an end was seen. */
export type StartKind = 'observed' | 'inferred-interim' | 'unknown';

/**
 * One holding of an address, block, session or prefix. Milliseconds UTC; holder for certain over
 * [`startLatest`, `endEarliest`], possibly over [`startEarliest`, `endLatest`]; all four agree where both ends were
 * observed. Sessions that were never seen to end have `endEarliest` at their last sign of life and no `endLatest`.
 */
export interface LeaseInterval {
  readonly exporter: string;
  readonly natInstance: string;
  readonly kind: RecordKind;
  readonly proto: RecordProto;
  readonly inside: InsideKey;
  readonly outside: OutsideRange | undefined;
  readonly dest: DestinationKey | undefined;
  /** `undefined`: it began before anything in the input. */
  readonly startEarliest: number | undefined;
  readonly startLatest: number;
  readonly startKind: StartKind;
  readonly endEarliest: number;
  readonly endLatest: number | undefined;
  readonly endKind: EndKind;
  readonly precisionMs: number;
  readonly subscriber: SubscriberParts | undefined;
  readonly qualifiers: readonly ReasonCode[];
  /** Where the records stand that the interval was made from: first and last. */
  readonly raw: { readonly first: RawPlace; readonly last: RawPlace };
  readonly parser: string;
}
