import type { Outcome } from '@tutela/core';
import type { ReasonCode } from '../reason.js';
import type { IpAddress } from './ip-address.js';

/** IANA protocol numbers of what a NAT translates by port or identifier: TCP, UDP, ICMP. */
export type Protocol = 6 | 17 | 1;

/** What the address did: an announced one only was named by others (attribution.md §4.1). */
export type ObservedRole = 'connection-source' | 'listening-endpoint' | 'announced-only';

/** How firmly a peer-to-peer client was met (§4.8): pieces verified, handshake, connection, hearsay. */
export type ContactGrade = 'D3' | 'D2' | 'D1' | 'H';

/** How a moment written as text became UTC; `tzVersion` is the time zone database's, as every answer states it. */
export interface TimeProvenance {
  readonly text: string;
  readonly source: 'utc' | 'offset' | 'zone-name' | 'abbreviation';
  /** The IANA zone or the numeric offset that applied. */
  readonly zone: string;
  readonly tzVersion: string;
}

/** A moment in integer milliseconds UTC; `precisionMs` is the unit it was written in (1000 for whole seconds). */
export interface ObservedTime {
  readonly at: number;
  readonly precisionMs: number;
  readonly provenance: TimeProvenance;
}

/** What is known of the clock that stamped the observation. Not knowing is a statement of its own, never zero. */
export interface ObserverClock {
  readonly errorMs: number | 'unknown';
  readonly syncedTo: string | undefined;
  /** Observer minus UTC, where it was measured; already taken off the window. */
  readonly offsetMs: number;
}

export interface ObservedEndpoint {
  readonly ip: IpAddress;
  readonly port: number | undefined;
}

/**
 * An address, port and moment somebody recorded, normalised (attribution.md §4.1): every member was stated, none was
 * guessed. `qualifiers` are what keeps an answer from being exact.
 */
export interface Observation {
  readonly ip: IpAddress;
  readonly port: number | undefined;
  readonly proto: Protocol | undefined;
  readonly dest: ObservedEndpoint | undefined;
  /** First and last moment, inclusive, before the errors of the clocks are added. */
  readonly from: ObservedTime;
  readonly to: ObservedTime;
  readonly clock: ObserverClock;
  readonly role: ObservedRole;
  readonly contact: ContactGrade | undefined;
  /** SHA-256 of the document the observation was taken from, lower-case hexadecimal. */
  readonly sourceDocument: string;
  /** Whether a person typed it off the document: such an input wants a second pair of eyes. */
  readonly entry: 'electronic' | 'transcribed';
  readonly qualifiers: readonly ReasonCode[];
}

export type ObservationOutcome = Outcome<Observation, ReasonCode>;
