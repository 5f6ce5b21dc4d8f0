import { type Clock, done, type Outcome, refused } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import { listAuthorities } from '../authority-registry/queries.js';
import { addToFeeds } from './add-to-feeds.js';
import { changedEvents } from './forward-bundle.js';
import { changeForward, lockForward } from './queries/forwards.js';
import { lockOfForward, putRestoredRoutings, restoreSuperseded } from './queries/referrals.js';
import { withdraw } from './recall-referral.js';
import type { ForwardId } from './schema.js';
import { written } from './tell.js';

interface Recalling {
  readonly forwardId: ForwardId;
  readonly reason: string;
  readonly by: string;
}

/** Undoes a forward: its referrals are withdrawn, and what it had superseded stands again as it stood. */
export const recallForward = (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { forwardId, reason, by }: Recalling,
): Promise<Outcome<{ readonly recalled: number; readonly restored: number }, 'forward-unknown' | 'already-recalled'>> =>
  inTransaction(db, async (tx) => {
    const forward = await lockForward(tx, forwardId);
    if (forward === undefined) return refused('forward-unknown', `there is no forward ${forwardId}`);
    if (forward.recalled_at !== null) return refused('already-recalled', `forward ${forwardId} is recalled`);
    const at = clock.now();
    await changeForward(tx, forwardId, { recalled_at: at, recalled_by: by, recalled_reason: reason });
    const made = (await lockOfForward(tx, forwardId, 'forward_id')).filter(({ state }) => state !== 'recalled');
    await withdraw(tx, made, { reason, by, at });
    const superseded = await lockOfForward(tx, forwardId, 'superseded_by');
    await restoreSuperseded(tx, forwardId);
    await putRestoredRoutings(tx, { referrals: superseded.map(({ referral_id }) => referral_id), at });
    const authorities = await listAuthorities(tx);
    const entries = superseded.map((one) => ({ ...one, change: 'restored' as const }));
    const notices = await addToFeeds(tx, entries, { authorities, at });
    await appendEvents(tx, [
      {
        type: 'clearinghouse.forward-recalled',
        actor: by,
        at,
        subjects: [`clearinghouse/bundle/${forward.bundle_id}`],
        payload: { reason, referrals: made.length, restored: superseded.length },
        effects: [written('forward', { forward_id: forwardId })],
      },
      ...changedEvents('restored', forward, entries, { actor: by, at }),
      ...notices,
    ]);
    return done({ recalled: made.length, restored: superseded.length });
  });
