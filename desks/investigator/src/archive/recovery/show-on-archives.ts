import type { Tx } from '@tutela/db';
import type { CompiledScope } from '@tutela/policy';
import { authorityOf, type Decided, decideAll } from '../decisions.js';
import { volumesOf } from '../queries/items.js';
import { lockKeysOfSet, setSetState, setsSolvedBy, showLockStates } from '../queries/record.js';
import type { Under } from './work.js';

const damages = new Set(['damaged', 'volume-missing', 'gone', 'changed', 'unreadable']);

/**
 * Has the archives of these locks, of those that the authority admitted, say what became of them: one all of whose locks
 * have a password is unlocked, sealed where it may not be opened, or was found to be damaged.
 * @param faults what a second tool found wrong, by lock
 */
export const showOnArchives = async (
  tx: Tx,
  under: Under,
  lockKeys: readonly string[],
  scope: CompiledScope,
  faults: ReadonlyMap<string, string | undefined> = new Map(),
): Promise<readonly Decided[]> => {
  const decided: Decided[] = [];
  await showLockStates(tx, under, lockKeys);
  for (const setId of await setsSolvedBy(tx, under, lockKeys)) {
    const items = await volumesOf(tx, setId);
    const decision = decideAll(scope, 'open', items);
    decided.push({ step: 'open', items, decision });
    if (authorityOf(decision) !== under.authorityId) {
      await setSetState(tx, setId, 'sealed', decision.rule);
      continue;
    }
    const reasons = (await lockKeysOfSet(tx, setId)).map((lockKey) => faults.get(lockKey) ?? '');
    const fault = reasons.find((reason) => damages.has(reason)) ?? null;
    await setSetState(tx, setId, fault === null ? 'unlocked' : 'damaged', fault);
  }
  return decided;
};
