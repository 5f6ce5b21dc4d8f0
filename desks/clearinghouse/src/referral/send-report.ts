import { type Clock, done, newId, type Outcome, refused } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import { findAuthority } from '../authority-registry/queries.js';
import { lockBundling } from '../bundle/queries/bundling.js';
import { addToFeeds } from './add-to-feeds.js';
import { membersDigest } from './members-digest.js';
import { judgedReport } from './queries/forwards.js';
import { removePending, requeue, standingReferrals } from './queries/pending.js';
import { dropUnknownCountry, insertReferrals, type NewReferral, putRoutings } from './queries/referrals.js';
import { type RecallFault, recallable, withdraw } from './recall-referral.js';
import type { ReferralId } from './schema.js';
import { referralSubject, reportSubject, written } from './tell.js';

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
}

export type SendFault = 'report-unknown' | 'authority-unknown' | 'already-referred' | RecallFault;

/**
 * Sends a report to an authority that a person chose: what was held, what nobody was found for, what was recalled. What
 * went to the wrong one is recalled there in the same transaction, so that it is never with both or with neither.
 */
export const sendReport = (
  { db, clock }: Deps,
  asked: {
    readonly reportNumber: ReportNumber;
    readonly authorityId: string;
    /** The referral of this report that is recalled. */
    readonly insteadOf?: ReferralId | undefined;
    readonly reason: string;
    readonly by: string;
  },
): Promise<Outcome<{ readonly referralId: ReferralId }, SendFault>> =>
  inTransaction(db, async (tx) => {
    const { reportNumber, authorityId, reason, by } = asked;
    await lockBundling(tx);
    const report = await judgedReport(tx, reportNumber);
    if (report === undefined) return refused('report-unknown', `there is no judged report ${reportNumber}`);
    const authority = await findAuthority(tx, authorityId);
    if (authority?.standing !== 'active') return refused('authority-unknown', `no active authority ${authorityId}`);
    const standing = await standingReferrals(tx, [reportNumber]);
    if (standing.some(({ authority_id }) => authority_id === authority.authority_id)) {
      return refused('already-referred', `report ${reportNumber} is referred to ${authorityId}`);
    }
    const at = clock.now();
    if (asked.insteadOf !== undefined) {
      const wrong = standing.find(({ referral_id }) => referral_id === asked.insteadOf);
      const held = wrong && (await recallable(tx, wrong.referral_id));
      if (held === undefined) return refused('referral-unknown', `report ${reportNumber} has no such referral`);
      if (held.kind !== 'done') return held;
      await withdraw(tx, [held.value], { reason, by, at });
    }
    const { authority_id, country } = authority;
    const { label, label_reason, lane, incident_type } = report;
    const referral: NewReferral = {
      referral_id: newId<ReferralId>(),
      authority_id,
      country,
      kind: 'report',
      report_number: reportNumber,
      forward_id: null,
      label,
      label_reason,
      lane,
      incident_type,
      reports: 1,
      reports_sha256: membersDigest([reportNumber]),
      made_at: at,
      made_by: by,
    };
    const { referral_id } = referral;
    await insertReferrals(tx, [referral], [{ referral_id, report_number: reportNumber }]);
    await dropUnknownCountry(tx, reportNumber);
    const routing = { report_number: reportNumber, country, outcome: 'referred', reason: null, authority_id } as const;
    await putRoutings(tx, [{ ...routing, lane, label, triage_version: report.version, routed_at: at }]);
    await removePending(tx, [reportNumber]);
    const entry = { authority_id, referral_id, change: 'made', lane } as const;
    const notices = await addToFeeds(tx, [entry], { authorities: [authority], at });
    await appendEvents(tx, [
      {
        type: 'clearinghouse.report-sent',
        actor: by,
        at,
        subjects: [reportSubject(reportNumber), referralSubject(referral_id)],
        payload: {
          authority: authority_id,
          reason,
          ...(asked.insteadOf !== undefined && { insteadOf: asked.insteadOf }),
        },
        effects: [written('referral', { referral_id })],
      },
      ...notices,
    ]);
    return done({ referralId: referral_id });
  });

/** Puts a report up for routing again; `singly`: alone, although it is in a large bundle. */
export const routeAgain = (
  { db, clock }: Deps,
  asked: { readonly reportNumber: ReportNumber; readonly way: 'usual' | 'singly'; readonly by: string },
): Promise<Outcome<'queued', 'report-unknown'>> =>
  inTransaction(db, async (tx) => {
    const { reportNumber, way, by } = asked;
    if ((await judgedReport(tx, reportNumber)) === undefined) {
      return refused('report-unknown', `there is no judged report ${reportNumber}`);
    }
    const at = clock.now();
    await requeue(tx, { reports: [reportNumber], way, at });
    await appendEvents(tx, [
      {
        type: 'clearinghouse.routing-asked',
        actor: by,
        at,
        subjects: [reportSubject(reportNumber)],
        payload: { way },
        effects: [],
      },
    ]);
    return done('queued');
  });
