import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Compartment } from '@tutela/vault';

export interface ListDeps {
  /** With the schemas `ledger`, `policy` and `clearinghouse` up to date. */
  readonly db: Db;
  /** Large fingerprints, and the commitments of published versions. */
  readonly vault: Compartment;
  readonly clock: Clock;
}
