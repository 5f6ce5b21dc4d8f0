import { type Clock, groupBy, newId, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvents, type NewEvent } from '@tutela/ledger/postgres';
import { type Authority, listAuthorities } from '../authority-registry/queries.js';
import { addToFeeds } from './add-to-feeds.js';
import { membersDigest } from './members-digest.js';
import { planRoute, type RoutePlan, routingProgram } from './plan-route.js';
import type { NewEntry } from './queries/feed-entries.js';
import { removePending, standingReferrals, takePending } from './queries/pending.js';
import { changeReferrals, insertReferrals, type NewReferral, putRoutings } from './queries/referrals.js';
import type { ReferralId } from './schema.js';
import { referralSubject, reportSubject, written } from './tell.js';

export interface RoutingDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** From so many reports about one file or picture on, a person forwards them as one. Default 100. */
  readonly largeBundle?: number;
}

const batch = 200;
const judgedAgain = 'judged-again';

/**
 * Sends every judged report on its way: one referral for each country's authority, a reason for whatever goes nowhere. A
 * batch is one transaction with its ledger events, so whoever is killed leaves it undone for the next.
 * @returns how many reports were routed
 */
export const routeReports = async (deps: RoutingDeps): Promise<number> => {
  let routed = 0;
  for (;;) {
    const done = await inTransaction(deps.db, (tx) => routeBatch(tx, deps));
    routed += done;
    if (done < batch) return routed;
  }
};

const routeBatch = async (tx: Tx, { clock, largeBundle = 100 }: RoutingDeps): Promise<number> => {
  const pending = await takePending(tx, { limit: batch, largeBundle });
  if (pending.length === 0) return 0;
  const at = clock.now();
  const numbers = pending.map(({ report_number }) => report_number);
  const authorities = await listAuthorities(tx, { standing: 'active' });
  const standing = groupBy(await standingReferrals(tx, numbers), ({ report_number }) => report_number);
  const steps = pending.flatMap((report): readonly Step[] => {
    const plan = planRoute(report, authorities, standing.get(report.report_number) ?? []);
    return plan === undefined ? [] : [{ plan, made: plan.make.map((authority) => referralOf(plan, authority, at)) }];
  });
  await carryOut(tx, steps, { authorities, at });
  await removePending(tx, numbers);
  return pending.length;
};

interface Step {
  readonly plan: RoutePlan;
  readonly made: readonly NewReferral[];
}

const referralOf = ({ report }: RoutePlan, authority: Authority, at: UtcInstant): NewReferral => ({
  referral_id: newId<ReferralId>(),
  authority_id: authority.authority_id,
  country: authority.country,
  kind: 'report',
  report_number: report.report_number,
  forward_id: null,
  label: report.label,
  label_reason: report.label_reason,
  lane: report.lane,
  incident_type: report.incident_type,
  reports: 1,
  reports_sha256: membersDigest([report.report_number]),
  made_at: at,
  made_by: routingProgram,
});

const carryOut = async (
  tx: Tx,
  steps: readonly Step[],
  { authorities, at }: { readonly authorities: readonly Authority[]; readonly at: UtcInstant },
): Promise<void> => {
  const made = steps.flatMap((step) => step.made);
  await changeReferrals(
    tx,
    steps.flatMap(({ plan }) => plan.recall.map(({ referral_id }) => referral_id)),
    { state: 'recalled', reason: judgedAgain },
  );
  for (const { plan } of steps) {
    const { label, label_reason, lane } = plan.report;
    const ids = plan.relabel.map(({ referral_id }) => referral_id);
    await changeReferrals(tx, ids, { label, label_reason, lane });
  }
  await insertReferrals(
    tx,
    made,
    made.map(({ referral_id, report_number }) => ({ referral_id, report_number: report_number ?? '' }) as never),
  );
  await putRoutings(
    tx,
    steps.flatMap(({ plan: { report, countries } }) =>
      countries.map((country) => ({
        ...country,
        report_number: report.report_number,
        lane: report.lane,
        label: report.label,
        triage_version: report.version,
        routed_at: at,
      })),
    ),
  );
  const notices = await addToFeeds(tx, steps.flatMap(entriesOf), { authorities, at });
  await appendEvents(tx, [...steps.map((step) => routedEvent(step, at)), ...notices]);
};

const entriesOf = ({ plan, made }: Step): readonly NewEntry[] => {
  const { lane } = plan.report;
  const entry = (change: NewEntry['change']) => (one: Pick<NewEntry, 'authority_id' | 'referral_id'>) => ({
    authority_id: one.authority_id,
    referral_id: one.referral_id,
    change,
    lane,
  });
  return [...plan.recall.map(entry('recalled')), ...plan.relabel.map(entry('relabelled')), ...made.map(entry('made'))];
};

const routedEvent = ({ plan: { report, countries, relabel, recall }, made }: Step, at: UtcInstant): NewEvent => {
  const changed = [...made, ...relabel, ...recall].map(({ referral_id }) => referral_id);
  return {
    type: 'clearinghouse.report-routed',
    actor: routingProgram,
    at,
    subjects: [reportSubject(report.report_number), ...changed.map(referralSubject)],
    payload: {
      triageVersion: report.version,
      lane: report.lane,
      label: report.label,
      countries: countries.map((row) => ({ ...row })),
      recalled: recall.map(({ referral_id }) => referral_id),
    },
    effects: changed.map((referral_id) => written('referral', { referral_id })),
  };
};
