import { type Clock, done, type Outcome, refused } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { lockBundling } from '../bundle/queries/bundling.js';
import { placeReports } from '../queue/queries/placing.js';
import { labelledEvent } from './events.js';
import type { Label } from './judge.js';
import { insertJudgements, listJudgements } from './queries/judgements.js';
import { queueForRouting } from './queries/pending.js';

export interface Labelling {
  readonly reportNumber: ReportNumber;
  readonly label: Label;
  /** In a person's words. */
  readonly reason: string;
  readonly person: string;
}

/**
 * A person's label on one report: a further version of its judgement with the scores as they were. It goes before the
 * policy's and before a decision on a bundle.
 */
export const labelReport = (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { reportNumber, label, reason, person }: Labelling,
): Promise<Outcome<number, 'report-unknown'>> =>
  inTransaction(db, async (tx) => {
    await lockBundling(tx);
    const [last] = await listJudgements(tx, reportNumber);
    if (last === undefined) return refused('report-unknown', `no report ${reportNumber} was judged`);
    const at = clock.now();
    const version = last.version + 1;
    const row = { ...last, version, label, label_reason: reason, labelled_by: person, triaged_at: at };
    await insertJudgements(tx, [row]);
    await placeReports(tx, [reportNumber], at);
    await queueForRouting(tx, [reportNumber], at);
    await appendEvent(tx, labelledEvent(row));
    return done(version);
  });
