import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Decoder } from '@tutela/media';
import type { Compartment } from '@tutela/vault';
import { openLookAlikes } from '../bundle/look-alikes.js';
import { lookBatch } from '../bundle/look-batch.js';
import type { VersionedPolicy } from './policy.js';
import { mostJudgedAtOnce, triageBatch } from './triage-batch.js';

export interface DrainDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly vault: Compartment;
  readonly policy: VersionedPolicy;
  /** Absent: pictures that look alike are not found, and no report waits for that. */
  readonly decoder?: Decoder | undefined;
}

/**
 * Judges every report that waits when it is called. What may not wait is judged before each further look at files.
 * @returns a function that gives how many reports it judged. Any number of processes may run it at once; within one, a
 * call waits for the one before.
 */
export const openDrain = ({ db, clock, vault, policy, decoder }: DrainDeps): (() => Promise<number>) => {
  const lookAlikes = openLookAlikes();
  const pictures = decoder === undefined ? 'none' : 'awaited';
  const drain = async (): Promise<number> => {
    let judged = 0;
    for (;;) {
      const batch = await triageBatch({ db, clock, policy, pictures });
      judged += batch;
      const looked = decoder === undefined ? 0 : await lookBatch({ db, clock, vault, decoder, lookAlikes });
      // Reports that come meanwhile are for the next call: taken one by one, each would cost as much as a batch.
      if (batch < mostJudgedAtOnce && looked === 0) return judged;
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const own = last.then(drain);
    last = own.catch(() => undefined);
    return own;
  };
};
