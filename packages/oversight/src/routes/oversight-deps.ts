import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';

export interface OversightDeps {
  /** With the schemas `ledger` and `policy` up to date. */
  readonly db: Db;
  readonly clock: Clock;
}
