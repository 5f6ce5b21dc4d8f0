import type { Clock, UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import { bundleReports } from '../bundle/bundle-reports.js';
import { keysOf } from '../bundle/keys.js';
import { countEarlier, insertKeys, insertPictureKeys, lockBundling } from '../bundle/queries/bundling.js';
import { placeReports } from '../queue/queries/placing.js';
import { rankReferrals } from '../referral/queries/urgency.js';
import { policyAdoptedEvent, triagedEvent } from './events.js';
import { judge } from './judge.js';
import type { VersionedPolicy } from './policy.js';
import { insertJudgements, insertPolicy, type JudgementRow } from './queries/judgements.js';
import { isPending, type PendingReport, queueForRouting, removePending, takePending } from './queries/pending.js';

export interface TriageDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly policy: VersionedPolicy;
  /** Whether somebody looks at files here, so that reports wait for it. */
  readonly pictures: 'awaited' | 'none';
}

/** Few enough that a judgement soon becomes visible, enough that a transaction's own cost does not count. */
export const mostJudgedAtOnce = 200;

/**
 * Judges, bundles and places reports that wait, and hands them on to the routing: all of it in one transaction, so that
 * an end at any moment leaves a report waiting or judged
 * (test: "a process killed on the way loses and doubles nothing, and two at once judge each report once").
 * @returns how many reports were judged; 0 when none waits
 */
export const triageBatch = async (deps: TriageDeps): Promise<number> =>
  // Whoever only looks does not wait for those who bundle.
  (await isPending(deps.db)) ? inTransaction(deps.db, (tx) => judgeBatch(tx, deps)) : 0;

const judgeBatch = async (tx: Tx, { clock, policy, pictures }: TriageDeps): Promise<number> => {
  // First of all, so that what is taken is what waits when it is this one's turn.
  await lockBundling(tx);
  const pending = await takePending(tx, { limit: mostJudgedAtOnce, pictures });
  if (pending.length === 0) return 0;
  const at = clock.now();
  const numbers = pending.map(({ report_number }) => report_number);
  const adopted = await insertPolicy(tx, policy, at);
  await insertKeys(tx, pending.flatMap(keysOfPending));
  await insertPictureKeys(tx, numbers);
  const judgements = await judgeAll(tx, { pending, policy, at });
  await insertJudgements(tx, judgements);
  const { joined, events } = await bundleReports(tx, numbers, at);
  await placeReports(tx, [...new Set([...numbers, ...joined])], at);
  await rankReferrals(tx, numbers);
  await queueForRouting(tx, toRoute(pending, judgements), at);
  await removePending(tx, numbers);
  await appendEvents(tx, [
    ...(adopted === 'adopted' ? [policyAdoptedEvent(policy, at)] : []),
    ...judgements.map(triagedEvent),
    ...events,
  ]);
  return pending.length;
};

const keysOfPending = ({ report_number: reportNumber, report, organisation, files }: PendingReport) =>
  keysOf({ reportNumber, report, organisation, files });

interface Round {
  readonly pending: readonly PendingReport[];
  readonly policy: VersionedPolicy;
  readonly at: UtcInstant;
}

const judgeAll = async (tx: Tx, { pending, policy, at }: Round): Promise<readonly JudgementRow[]> => {
  const earlier = await countEarlier(
    tx,
    pending.map(({ report_number }) => report_number),
  );
  return pending.map((waiting) => {
    const { report_number, report, files, finished_at: finishedAt, version, labelled_by } = waiting;
    const judgement = judge(
      {
        report,
        files: files.map(({ details }) => details ?? undefined),
        finishedAt,
        earlierReports: earlier.get(report_number) ?? 0,
      },
      policy,
    );
    const byPolicy = { label: judgement.label, label_reason: judgement.labelReason, labelled_by: 'policy' };
    return {
      report_number,
      version: (version ?? 0) + 1,
      policy_version: judgement.policyVersion,
      lane: judgement.lane,
      ...(labelled_by === null || labelled_by === 'policy' ? byPolicy : keptLabel(waiting, byPolicy)),
      completeness: judgement.completeness,
      priority: judgement.priority,
      facts: judgement.facts,
      triaged_at: at,
    };
  });
};

type GivenLabel = Pick<JudgementRow, 'label' | 'label_reason' | 'labelled_by'>;

/** What a person decided stays decided when the policy changes. */
const keptLabel = ({ last_label, last_reason, labelled_by }: PendingReport, byPolicy: GivenLabel): GivenLabel =>
  last_label === null || last_reason === null || labelled_by === null
    ? byPolicy
    : { label: last_label, label_reason: last_reason, labelled_by };

/** Reports judged for the first time, and those whose label or lane is another now. */
const toRoute = (pending: readonly PendingReport[], judgements: readonly JudgementRow[]): readonly ReportNumber[] =>
  judgements
    .filter(({ lane, label }, at) => pending[at]?.last_lane !== lane || pending[at].last_label !== label)
    .map(({ report_number }) => report_number);
