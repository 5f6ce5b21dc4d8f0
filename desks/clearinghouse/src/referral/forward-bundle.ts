import { type Clock, done, newId, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvents, type NewEvent } from '@tutela/ledger/postgres';
import { type Authority, listAuthorities } from '../authority-registry/queries.js';
import { lockBundling } from '../bundle/queries/bundling.js';
import { addToFeeds } from './add-to-feeds.js';
import { membersDigest } from './members-digest.js';
import { type ForwardPart, planForward } from './plan-forward.js';
import type { NewEntry } from './queries/feed-entries.js';
import { bundleReports, insertForward, liveForward, lockBundle, standingAlone } from './queries/forwards.js';
import { removePending } from './queries/pending.js';
import { insertReferrals, type NewReferral, putRoutings, supersede } from './queries/referrals.js';
import type { BundleId, ForwardId, ReferralId } from './schema.js';
import { referralSubject, written } from './tell.js';

export type ForwardFault = 'bundle-unknown' | 'bundle-dissolved' | 'already-forwarded' | 'nobody-to-forward-to';

export interface Forwarded {
  readonly forwardId: ForwardId;
  readonly referrals: readonly {
    readonly referralId: ReferralId;
    readonly authorityId: string;
    readonly reports: number;
  }[];
  /** Reports of the bundle that no authority could be found for; each has its reason. */
  readonly unroutable: number;
  /** Referrals of single reports that the bundle takes the place of. */
  readonly superseded: number;
}

interface Forwarding {
  readonly bundleId: BundleId;
  readonly reason: string;
  readonly by: string;
}

/** So that an event names few enough rows. */
const atOnce = 200;

/**
 * Sends a bundle as one: of 2,000 reports about one picture an authority gets a single referral. What had gone there
 * report by report is superseded by it. `recallForward` undoes all of it.
 */
export const forwardBundle = (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { bundleId, reason, by }: Forwarding,
): Promise<Outcome<Forwarded, ForwardFault>> =>
  inTransaction(db, async (tx) => {
    await lockBundling(tx);
    const bundle = await lockBundle(tx, bundleId);
    if (bundle === undefined) return refused('bundle-unknown', `there is no bundle ${bundleId}`);
    if (bundle.dissolved_at !== null) return refused('bundle-dissolved', `bundle ${bundleId} is dissolved`);
    if ((await liveForward(tx, bundleId)) !== undefined) {
      return refused('already-forwarded', `bundle ${bundleId} is forwarded: recall that first`);
    }
    const at = clock.now();
    const authorities = await listAuthorities(tx, { standing: 'active' });
    const plan = planForward(await bundleReports(tx, bundleId), authorities);
    if (plan.parts.length === 0) return refused('nobody-to-forward-to', `no authority is known for bundle ${bundleId}`);
    const forward = { forward_id: newId<ForwardId>(), bundle_id: bundleId, reason, made_at: at, made_by: by };
    await insertForward(tx, forward);
    const made = plan.parts.map((part) => ({ part, row: referralOf(part, forward) }));
    const superseded = await supersedeAlone(tx, made, forward);
    await insertReferrals(
      tx,
      made.map(({ row }) => row),
      made.flatMap(({ part, row: { referral_id } }) =>
        part.reports.map(({ report_number }) => ({ referral_id, report_number })),
      ),
    );
    await putRoutings(
      tx,
      plan.routings.map(({ report, row }) => ({
        ...row,
        report_number: report.report_number,
        lane: report.lane,
        label: report.label,
        triage_version: report.version,
        routed_at: at,
      })),
    );
    await removePending(
      tx,
      plan.routings.map(({ report }) => report.report_number),
    );
    await tell(tx, { forward, made, superseded, authorities, at });
    return done({
      forwardId: forward.forward_id,
      referrals: made.map(({ row }) => ({
        referralId: row.referral_id,
        authorityId: row.authority_id,
        reports: row.reports,
      })),
      unroutable: plan.routings.filter(({ row }) => row.outcome !== 'referred').length,
      superseded: superseded.length,
    });
  });

interface Forward {
  readonly forward_id: ForwardId;
  readonly bundle_id: BundleId;
  readonly reason: string;
  readonly made_at: UtcInstant;
  readonly made_by: string;
}

interface Made {
  readonly part: ForwardPart;
  readonly row: NewReferral;
}

const referralOf = ({ authority, reports, ...what }: ForwardPart, forward: Forward): NewReferral => ({
  ...what,
  referral_id: newId<ReferralId>(),
  authority_id: authority.authority_id,
  country: authority.country,
  kind: 'bundle',
  report_number: null,
  forward_id: forward.forward_id,
  reports: reports.length,
  reports_sha256: membersDigest(reports.map(({ report_number }) => report_number)),
  made_at: forward.made_at,
  made_by: forward.made_by,
});

const supersedeAlone = async (
  tx: Tx,
  made: readonly Made[],
  { forward_id: forwardId }: Forward,
): Promise<readonly NewEntry[]> => {
  const entries: NewEntry[] = [];
  for (const { part, row } of made) {
    const numbers = part.reports.map(({ report_number }) => report_number);
    const alone = await standingAlone(tx, row.authority_id, numbers);
    await supersede(
      tx,
      alone.map(({ referral_id }) => referral_id),
      { forwardId, reason: `in ${row.referral_id}` },
    );
    entries.push(...alone.map((one) => ({ ...one, change: 'superseded' as const })));
  }
  return entries;
};

interface Telling {
  readonly forward: Forward;
  readonly made: readonly Made[];
  readonly superseded: readonly NewEntry[];
  readonly authorities: readonly Authority[];
  readonly at: UtcInstant;
}

const tell = async (tx: Tx, { forward, made, superseded, authorities, at }: Telling): Promise<void> => {
  const rows = made.map(({ row }) => row);
  const entries = [...superseded, ...rows.map((row) => ({ ...row, change: 'made' as const }))];
  const notices = await addToFeeds(tx, entries, { authorities, at });
  const { forward_id, bundle_id, made_by: actor } = forward;
  const forwarded: NewEvent = {
    type: 'clearinghouse.bundle-forwarded',
    actor,
    at,
    subjects: [`clearinghouse/bundle/${bundle_id}`, ...rows.map(({ referral_id }) => referralSubject(referral_id))],
    payload: {
      reason: forward.reason,
      referrals: rows.map((row) => ({ referral: row.referral_id, authority: row.authority_id, reports: row.reports })),
      superseded: superseded.length,
    },
    effects: [
      written('forward', { forward_id }),
      ...rows.map(({ referral_id }) => written('referral', { referral_id })),
    ],
  };
  await appendEvents(tx, [forwarded, ...changedEvents('superseded', forward, superseded, { actor, at }), ...notices]);
};

/** Rows that a forward or its recall changed, some hundred to an event. */
export const changedEvents = (
  change: 'superseded' | 'restored',
  { bundle_id }: Pick<Forward, 'bundle_id'>,
  entries: readonly Pick<NewEntry, 'referral_id'>[],
  { actor, at }: { readonly actor: string; readonly at: UtcInstant },
): readonly NewEvent[] =>
  Array.from({ length: Math.ceil(entries.length / atOnce) }, (_, place) => {
    const some = entries.slice(place * atOnce, (place + 1) * atOnce);
    return {
      type: `clearinghouse.referrals-${change}`,
      actor,
      at,
      subjects: [`clearinghouse/bundle/${bundle_id}`],
      payload: { referrals: some.map(({ referral_id }) => referral_id) },
      effects: some.map(({ referral_id }) => written('referral', { referral_id })),
    };
  });
