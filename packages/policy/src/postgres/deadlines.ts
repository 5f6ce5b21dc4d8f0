import { type Clock, groupBy, toInstant, type UtcInstant } from '@tutela/core';
import type { AuthorityRecord } from '../authority/authority.js';
import { type Deadline, deadlinesOf, type ReportFiled } from '../authority/deadline.js';
import { loadAuthorities } from './grounds.js';
import { recordAct, wrote } from './record-act.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

export interface DueDeadline extends Deadline {
  readonly state: 'ahead' | 'overdue';
}

const dayMs = 24 * 3_600_000;

/**
 * Deadlines of all cases that fall before `at` and so many days, earliest first. Overdue ones stay until somebody does
 * something about them: files the report, extends or ends the authority.
 */
export const dueDeadlines = async (db: AnyDb, at: UtcInstant, daysAhead = 14): Promise<readonly DueDeadline[]> => {
  const horizon = toInstant(new Date(Date.parse(at) + daysAhead * dayMs));
  const filed = await policyTables(db).selectFrom('policy.report_filed').select(['authority_id', 'filed_at']).execute();
  const filedAt = new Map(filed.map((row) => [row.authority_id, row.filed_at]));
  const reportOf = (id: Deadline['authority']): ReportFiled => {
    const moment = filedAt.get(id);
    return moment === undefined ? { kind: 'not-filed' } : { kind: 'filed', at: moment };
  };
  return newestVerified(await loadAuthorities(db))
    .flatMap((record) => deadlinesOf(record, reportOf(record.authority.id)))
    .filter((deadline) => deadline.at <= horizon)
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
    .map((deadline) => ({ ...deadline, state: deadline.at <= at ? 'overdue' : 'ahead' }));
};

const newestVerified = (records: readonly AuthorityRecord[]): readonly AuthorityRecord[] =>
  [...groupBy(records, ({ authority }) => authority.id).values()].flatMap(
    (versions) => versions.filter(({ verification }) => verification !== undefined).at(-1) ?? [],
  );

/**
 * Tells the ledger of deadlines that come near, each once; a deadline that moves is another one. Doing it twice does no
 * harm, so any process may.
 * @returns those it told of now
 */
export const remindDeadlines = async (
  tx: Tx,
  { clock, daysAhead = 14 }: { readonly clock: Clock; readonly daysAhead?: number },
): Promise<readonly DueDeadline[]> => {
  const at = clock.now();
  const told: DueDeadline[] = [];
  for (const deadline of await dueDeadlines(tx, at, daysAhead)) {
    const { authority, kind, caseRef, state } = deadline;
    const key = { authority_id: authority, kind, due_at: deadline.at };
    const row = await policyTables(tx)
      .insertInto('policy.reminder')
      .values({ ...key, reminded_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('authority_id')
      .executeTakeFirst();
    if (row === undefined) continue;
    const payload = { kind, due: deadline.at, state };
    const effects = [wrote('reminder', key)];
    await recordAct(tx, {
      type: 'policy.deadline-near',
      by: 'tutela',
      at,
      subjects: [authority],
      caseRef,
      payload,
      effects,
    });
    told.push(deadline);
  }
  return told;
};
