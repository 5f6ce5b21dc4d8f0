import { groupBy } from '@tutela/core';
import type { ExecutorLock } from './executor-lock.js';

/** A workflow begun and not ended, as the engine lists it. */
export interface Begun {
  readonly id: string;
  readonly executor: string;
  readonly queue: string;
}

interface RecoveryDeps {
  readonly lock: ExecutorLock;
  readonly listBegun: () => Promise<readonly Begun[]>;
  readonly putBack: (ids: readonly string[], queue: string) => Promise<void>;
}

/**
 * Puts back into their queues the workflows of processes that are gone: whoever can take a process's lock knows that
 * it is dead. A false alarm is harmless, since the engine refuses a stale owner's notes.
 *
 * (infrastructure.md §3.4 rule 1; test: "a killed worker's work is taken over by its peer")
 */
export const recoverPeers = async (deps: RecoveryDeps): Promise<void> => {
  const others = (await deps.listBegun()).filter((begun) => begun.executor !== deps.lock.executor);
  for (const [executor, begun] of groupBy(others, (one) => one.executor)) {
    await deps.lock.whileDead(executor, async () => {
      for (const [queue, ones] of groupBy(begun, (one) => one.queue)) {
        await deps.putBack(
          ones.map((one) => one.id),
          queue,
        );
      }
    });
  }
};
