import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';

/** What a seizure is worked on with. */
export interface SeizureDeps {
  /** With the schemas `ledger`, `policy`, `investigator` up to date. */
  readonly db: Db;
  readonly engine: () => Engine;
  readonly clock: Clock;
}

/** Who reads when nobody in particular does: the actor of a unit's events. */
export const program = 'tutela';
