import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { ListDeps } from '../deps.js';
import { listEvent, wrote } from '../list-events.js';
import { holdStanding, markWithdrawn, nextChange } from '../queries/curation.js';
import { holdList } from '../queries/tables.js';
import type { EntryId, ListId } from '../schema.js';

export interface Withdrawal {
  readonly list: ListId;
  readonly entries: readonly EntryId[];
  readonly reason: string;
  readonly by: string;
}

const most = 100;

/**
 * Takes entries off a list: every subscriber learns it with the next poll. One person is enough, since an entry that
 * stands wrongly harms people every minute; putting one back takes two reviewers.
 */
export const withdraw = (
  deps: ListDeps,
  withdrawal: Withdrawal,
): Promise<Outcome<{ readonly withdrawn: number }, 'unknown-entry' | 'too-many' | 'no-reason'>> =>
  inTransaction(deps.db, async (tx) => {
    if (withdrawal.reason.trim() === '') return refused('no-reason', 'a withdrawal says why');
    if (withdrawal.entries.length > most) return refused('too-many', `at most ${most} entries at once`);
    await holdList(tx, withdrawal.list);
    const found = await holdStanding(tx, withdrawal.entries);
    if (found.length !== withdrawal.entries.length || found.some(({ list_id }) => list_id !== withdrawal.list))
      return refused('unknown-entry', 'one of these does not stand on the list');
    await takeOff(tx, deps, withdrawal);
    return done({ withdrawn: found.length });
  });

/** Within a transaction that holds the list, for entries that stand on it. */
export const takeOff = async (
  tx: Tx,
  { clock }: ListDeps,
  { list, entries, reason, by }: Withdrawal,
): Promise<void> => {
  if (entries.length === 0) return;
  const at = clock.now();
  await markWithdrawn(tx, entries, { reason, by, at, changedAt: await nextChange(tx, list, at) });
  await appendEvent(
    tx,
    listEvent(
      'list-entries-withdrawn',
      { actor: by, at },
      {
        subjects: [`hashlist/${list}`, ...entries.map((id) => `hashlist/${list}/entry/${id}`)],
        payload: { reason },
        effects: entries.map((id) => wrote('list_withdrawal', { entry_id: id })),
      },
    ),
  );
};
