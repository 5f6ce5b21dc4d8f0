import type { Clock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import { judgedAgainEvent, policyAdoptedEvent } from './events.js';
import type { VersionedPolicy } from './policy.js';
import { insertPolicy, queueJudgedByOthers } from './queries/judgements.js';

/**
 * Has every report that was judged by another policy judged by this one. Earlier judgements stay as they are; what a
 * person decided stays decided.
 * @returns how many wait now
 */
export const judgeAgain = (
  { db, clock, policy }: { readonly db: Db; readonly clock: Clock; readonly policy: VersionedPolicy },
  actor: string,
): Promise<number> =>
  inTransaction(db, async (tx) => {
    const at = clock.now();
    const adopted = await insertPolicy(tx, policy, at);
    const reports = await queueJudgedByOthers(tx, policy.version, at);
    await appendEvents(tx, [
      ...(adopted === 'adopted' ? [policyAdoptedEvent(policy, at)] : []),
      judgedAgainEvent(policy.version, { actor, reports, at }),
    ]);
    return reports;
  });
