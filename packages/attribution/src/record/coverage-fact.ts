/** What an input shows about its own completeness (attribution.md §4.4). Times are milliseconds UTC. */
export type CoverageFact =
  | SequenceGap
  | HeartbeatMissing
  | Restart
  | Exhaustion
  | UnreadableLines
  | PairingFault
  | HourlyCount;

interface OfExporter {
  readonly exporter: string;
}
interface OverTime extends OfExporter {
  readonly from: number;
  readonly to: number;
}
/** Messages numbered by the device are missing between two that arrived. */
export interface SequenceGap extends OverTime {
  readonly kind: 'sequence-gap';
  readonly missing: number;
}
/** Something held sends signs of life every `everyMs`, and none came in this time. */
export interface HeartbeatMissing extends OverTime {
  readonly kind: 'heartbeat-missing';
  readonly natInstance: string;
  readonly everyMs: number;
}
/** Everything open on the device ended without a line of its own. */
export interface Restart extends OfExporter {
  readonly kind: 'restart';
  readonly natInstance: string | undefined;
  readonly at: number;
  readonly cause: 'accounting-on' | 'accounting-off' | 'sequence-reset' | 'device-restart';
}
/** Ports or quota ran out: it proves nothing about a person and explains why there is no record. */
export interface Exhaustion extends OfExporter {
  readonly kind: 'exhaustion';
  readonly natInstance: string;
  readonly at: number;
}
/** Lines that could not be read stood between records of these two moments. */
export interface UnreadableLines extends OverTime {
  readonly kind: 'unreadable-lines';
  readonly lines: number;
}
/** Events that do not fit each other: something was lost, or the device errs. */
export interface PairingFault extends OfExporter {
  readonly kind: 'pairing-fault';
  readonly natInstance: string;
  readonly fault: 'alloc-over-open' | 'release-without-alloc' | 'interim-without-alloc' | 'alloc-without-release';
  /** What is missing would have been logged after this moment; `undefined`: nothing is known of the ports before. */
  readonly since: number | undefined;
  readonly at: number;
}
/** What arrived of one exporter in one hour (`hour` is its first millisecond). */
export interface HourlyCount extends OfExporter {
  readonly kind: 'hourly-count';
  readonly hour: number;
  readonly allocs: number;
  readonly releases: number;
  readonly interims: number;
  readonly snapshots: number;
  /** Receive minus device time over the records that have both, in milliseconds. */
  readonly skew: { readonly records: number; readonly least: number; readonly most: number; readonly sum: number };
}
