import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import type { Acknowledgement, Feedback, ReportForm } from '@tutela/feed';
import { appendEvent } from '@tutela/ledger/postgres';
import { type Disclosure, discloseWithin } from '../export/disclose.js';
import { changeReferrals, lockReferral, type ReferralRow } from '../referral/queries/referrals.js';
import type { AuthorityId, FeedbackId, ReferralId } from '../referral/schema.js';
import { authorityActor, referralSubject, reportSubject, written } from '../referral/tell.js';
import { insertFeedback, isMember } from './queries.js';

interface FeedDeps {
  readonly db: Db;
  readonly clock: Clock;
}

export interface OwnReferral {
  readonly authorityId: AuthorityId;
  readonly referralId: ReferralId;
}

/** `referral-unknown` says the same of another authority's as of none. */
export type FeedRefusal = 'referral-unknown' | 'report-unknown' | 'recalled';

/** The referral, locked, if it is the asking authority's and was not withdrawn. */
const ownReferral = async (
  tx: Tx,
  { authorityId, referralId }: OwnReferral,
): Promise<Outcome<ReferralRow, 'referral-unknown' | 'recalled'>> => {
  const referral = await lockReferral(tx, referralId);
  if (referral?.authority_id !== authorityId) return refused('referral-unknown', 'there is no such referral');
  if (referral.state === 'recalled' || referral.state === 'superseded') {
    return refused('recalled', `the referral is ${referral.state}`);
  }
  return done(referral);
};

/**
 * Hands a report of a referral to its authority. Who got it in which form is in the ledger in the transaction that ends
 * before a byte leaves (test: "a download is in the ledger before a byte leaves").
 */
export const downloadReport = (
  { db, clock }: FeedDeps,
  asked: OwnReferral & { readonly reportNumber: ReportNumber; readonly form: ReportForm },
): Promise<Outcome<Disclosure, FeedRefusal>> =>
  inTransaction(db, async (tx) => {
    const referral = await ownReferral(tx, asked);
    if (referral.kind !== 'done') return referral;
    const { authorityId, referralId, reportNumber, form } = asked;
    if ((await isMember(tx, referralId, reportNumber)) === 'no') {
      return refused('report-unknown', 'the referral has no such report');
    }
    const at = clock.now();
    const actor = authorityActor(authorityId);
    const disclosed = await discloseWithin(tx, { reportNumber, form, actor, at });
    if (disclosed.kind === 'done' && referral.value.state === 'available') {
      await move(tx, referral.value, { state: 'downloaded', downloaded_at: at }, { act: 'referral-downloaded', at });
    }
    return disclosed;
  });

const move = async (
  tx: Tx,
  { referral_id, authority_id }: ReferralRow,
  change: Parameters<typeof changeReferrals>[2],
  { act, at }: { readonly act: string; readonly at: UtcInstant },
): Promise<void> => {
  await changeReferrals(tx, [referral_id], change);
  await appendEvent(tx, {
    type: `clearinghouse.${act}`,
    actor: authorityActor(authority_id),
    at,
    subjects: [referralSubject(referral_id)],
    payload: change.receipt == null ? {} : { receipt: change.receipt },
    effects: [written('referral', { referral_id })],
  });
};

/** The authority has taken a referral over. Said again it changes nothing. */
export const acknowledge = (
  { db, clock }: FeedDeps,
  asked: OwnReferral,
  { receipt }: Acknowledgement,
): Promise<Outcome<'noted', 'referral-unknown' | 'recalled'>> =>
  inTransaction(db, async (tx) => {
    const referral = await ownReferral(tx, asked);
    if (referral.kind !== 'done') return referral;
    if (referral.value.state === 'acknowledged') return done('noted');
    const at = clock.now();
    const change = { state: 'acknowledged', acknowledged_at: at, receipt: receipt ?? null } as const;
    await move(tx, referral.value, change, { act: 'referral-acknowledged', at });
    return done('noted');
  });

/** What became of a report, or of all of a referral; the newest word on each counts. */
export const giveFeedback = (
  { db, clock }: FeedDeps,
  asked: OwnReferral,
  { reportNumber, usefulness, outcome }: Feedback,
): Promise<Outcome<'noted', FeedRefusal>> =>
  inTransaction(db, async (tx) => {
    const referral = await ownReferral(tx, asked);
    if (referral.kind !== 'done') return referral;
    const { referralId, authorityId } = asked;
    const report_number = (reportNumber ?? null) as ReportNumber | null;
    if (report_number !== null && (await isMember(tx, referralId, report_number)) === 'no') {
      return refused('report-unknown', 'the referral has no such report');
    }
    const at = clock.now();
    const feedback_id = crypto.randomUUID() as string as FeedbackId;
    await insertFeedback(tx, {
      feedback_id,
      referral_id: referralId,
      report_number,
      usefulness,
      outcome,
      given_at: at,
    });
    await appendEvent(tx, {
      type: 'clearinghouse.feedback-given',
      actor: authorityActor(authorityId),
      at,
      subjects: [referralSubject(referralId), ...(report_number === null ? [] : [reportSubject(report_number)])],
      payload: { usefulness, outcome },
      effects: [written('feedback', { feedback_id })],
    });
    return done('noted');
  });
