import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import { listAuthorities } from '../authority-registry/queries.js';
import { addToFeeds } from './add-to-feeds.js';
import { holdReports } from './queries/forwards.js';
import { changeReferrals, findReferral, lockReferral, memberNumbers, type ReferralRow } from './queries/referrals.js';
import type { ReferralId } from './schema.js';
import { referralSubject, written } from './tell.js';

export type RecallFault = 'referral-unknown' | 'already-recalled' | 'part-of-a-forward';

interface Recalling {
  readonly referralId: ReferralId;
  readonly reason: string;
  readonly by: string;
}

/**
 * Withdraws one report from an authority: it can be downloaded no more, and the authority's feed says so, whether it was
 * downloaded before or not. What was forwarded as a bundle is recalled as one (`recallForward`).
 */
export const recallReferral = (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { referralId, reason, by }: Recalling,
): Promise<Outcome<ReferralRow, RecallFault>> =>
  inTransaction(db, async (tx) => {
    const referral = await recallable(tx, referralId);
    if (referral.kind !== 'done') return referral;
    await withdraw(tx, [referral.value], { reason, by, at: clock.now() });
    return done((await findReferral(tx, referralId)) ?? referral.value);
  });

/** A referral of one report, locked, or why it cannot be recalled. */
export const recallable = async (tx: Tx, referralId: ReferralId): Promise<Outcome<ReferralRow, RecallFault>> => {
  const referral = await lockReferral(tx, referralId);
  if (referral === undefined) return refused('referral-unknown', `there is no referral ${referralId}`);
  if (referral.state === 'recalled') return refused('already-recalled', `referral ${referralId} is recalled`);
  if (referral.kind === 'bundle' || referral.state === 'superseded') {
    return refused('part-of-a-forward', `referral ${referralId} belongs to a bundle: recall the forward`);
  }
  return done(referral);
};

/** @param referrals locked */
export const withdraw = async (
  tx: Tx,
  referrals: readonly ReferralRow[],
  { reason, by, at }: { readonly reason: string; readonly by: string; readonly at: UtcInstant },
): Promise<void> => {
  await changeReferrals(
    tx,
    referrals.map(({ referral_id }) => referral_id),
    { state: 'recalled', reason },
  );
  const authorities = await listAuthorities(tx);
  const entries = referrals.map((one) => ({ ...one, change: 'recalled' as const }));
  const notices = await addToFeeds(tx, entries, { authorities, at });
  for (const one of referrals) {
    const reports = await memberNumbers(tx, one.referral_id);
    // Who looks at what is left undone finds them; routing them again is a person's to decide.
    await holdReports(tx, { reports, country: one.country, authorityId: one.authority_id, reason: 'recalled', at });
  }
  await appendEvents(tx, [
    ...referrals.map((one) => ({
      type: 'clearinghouse.referral-recalled',
      actor: by,
      at,
      subjects: [referralSubject(one.referral_id)],
      payload: { reason, authority: one.authority_id, stateBefore: one.state, reports: one.reports },
      effects: [written('referral', { referral_id: one.referral_id })],
    })),
    ...notices,
  ]);
};
