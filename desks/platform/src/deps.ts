import type { Clock } from '@tutela/core';
import type { CybertipClient } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { ExposureRules } from '@tutela/exposure';
import type { Decoder } from '@tutela/media';
import type { Compartment } from '@tutela/vault';

/** What the desk is opened with. */
export interface PlatformDeps {
  readonly db: Db;
  readonly vault: Compartment;
  readonly decoder: Decoder;
  readonly clock: Clock;
  /** Opened after the desk, which brings its workflows. */
  readonly engine: () => Engine;
  /** The clearinghouse reports go to; without one nothing is filed. */
  readonly destination?: Destination;
  readonly policy: PlatformPolicy;
  /** What the organisation asks of itself for those who look. */
  readonly rules: ExposureRules;
  /** Told, and waited for, between any two steps of a filing: where a kill must do no harm. */
  readonly between?: (moment: string) => Promise<void>;
  readonly log: (line: string) => void;
}

export interface Destination {
  readonly client: CybertipClient;
  readonly reporter: Reporter;
}

/** Who signs the report (protocols.md §1.7, `reporter`). */
export interface Reporter {
  readonly company: string;
  readonly email: string;
  /** Name of the service, `espService`. */
  readonly service: string;
}

export interface PlatformPolicy {
  /**
   * `file-without-viewing`: a file whose digest equals a listed one is confirmed by this policy and by nobody's look.
   * `review`: every match waits for a person.
   */
  readonly exactMatches: 'file-without-viewing' | 'review';
}
