import type { Clock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent, type NewEvent } from '@tutela/ledger/postgres';
import type { ReportId } from '../schema.js';
import { changePulled, forgetUnread, insertPulled, pulledOf } from './queries.js';
import type { FeedId, PulledReportTable } from './schema.js';

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly feedId: FeedId;
  readonly actor: string;
}

interface Arrived extends Pick<PulledReportTable, 'label' | 'lane'> {
  readonly referralId: string;
  readonly reportNumber: string;
  readonly reportId: ReportId;
}

const subject = (reportId: ReportId): string => `investigator/report/${reportId}`;

const row = ({
  feed_id,
  referral_id,
  report_number,
}: Pick<PulledReportTable, 'feed_id' | 'referral_id' | 'report_number'>): NewEvent['effects'][number] => ({
  kind: 'written',
  table: 'investigator.pulled_report',
  key: { feed_id, referral_id, report_number },
  // Label and lane are the clearinghouse's, and change with its word.
  columns: ['report_id', 'pulled_at', 'withdrawn_at'],
});

/** That a report came over a feed, and by which referral. */
export const recordPulled = async (
  { db, clock, feedId, actor }: Deps,
  { referralId, reportNumber, reportId, label, lane }: Arrived,
): Promise<void> => {
  const at = clock.now();
  const pulled = { feed_id: feedId, referral_id: referralId, report_number: reportNumber, report_id: reportId };
  await inTransaction(db, async (tx) => {
    const inserted = await insertPulled(tx, { ...pulled, label, lane, pulled_at: at, withdrawn_at: null });
    await forgetUnread(tx, { feedId, referralId, reportNumber });
    if (inserted === 'there') return;
    await appendEvent(tx, {
      type: 'investigator.report-pulled',
      actor,
      at,
      subjects: [subject(reportId)],
      payload: { feed: feedId, referral: referralId, label, lane },
      effects: [row(pulled)],
    });
  });
};

/**
 * The clearinghouse took a referral back, or it stands again: its reports are marked so, and what was made of them is for
 * a person.
 * @returns how many
 */
export const recordChange = async (
  { db, clock, feedId, actor }: Deps,
  { referralId, change }: { readonly referralId: string; readonly change: 'recalled' | 'superseded' | 'restored' },
): Promise<number> => {
  const at = clock.now();
  const withdrawn_at = change === 'restored' ? null : at;
  return await inTransaction(db, async (tx) => {
    const pulled = (await pulledOf(tx, { feedId, referralId })).filter(
      (one) => (one.withdrawn_at === null) !== (withdrawn_at === null),
    );
    if (pulled.length === 0) return 0;
    await changePulled(tx, { feedId, referralId }, { withdrawn_at });
    for (const one of pulled) {
      await appendEvent(tx, {
        type: change === 'restored' ? 'investigator.report-restored' : 'investigator.report-withdrawn',
        actor,
        at,
        subjects: [subject(one.report_id)],
        payload: { feed: feedId, referral: referralId, change },
        effects: [row(one)],
      });
    }
    return pulled.length;
  });
};
