import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Decoder } from '@tutela/media';
import type { Compartment } from '@tutela/vault';
import { openLookAlikes } from '../bundle/look-alikes.js';
import { lookBatch } from '../bundle/look-batch.js';
import type { VersionedPolicy } from './policy.js';
import { triageBatch } from './triage-batch.js';

export interface DrainDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly vault: Compartment;
  readonly policy: VersionedPolicy;
  /** Absent: pictures that look alike are not found, and no report waits for that. */
  readonly decoder?: Decoder | undefined;
}

/**
 * Judges every report that waits. What may not wait is judged before each further look at files.
 * @returns a function that gives how many reports it judged; any number of processes may run it at once
 */
export const openDrain = ({ db, clock, vault, policy, decoder }: DrainDeps): (() => Promise<number>) => {
  const lookAlikes = openLookAlikes();
  const pictures = decoder === undefined ? 'none' : 'awaited';
  return async () => {
    let judged = 0;
    for (;;) {
      const batch = await triageBatch({ db, clock, policy, pictures });
      judged += batch;
      const looked = decoder === undefined ? 0 : await lookBatch({ db, clock, vault, decoder, lookAlikes });
      if (batch + looked === 0) return judged;
    }
  };
};
