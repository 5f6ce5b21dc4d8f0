import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { RecoveryOptions, RecoveryRun, Under } from '../recovery/work.js';

export interface RunRow extends RecoveryRun {
  readonly state: 'running' | 'ended';
  readonly startedAt: UtcInstant;
  readonly endedAt: UtcInstant | null;
  readonly endedBecause: string | null;
  readonly workedMs: number;
}

const columns = sql`
  run_id as "runId", case_ref as "caseRef", authority_id as "authorityId", options, checks, state,
  started_at as "startedAt", ended_at as "endedAt", ended_because as "endedBecause", worked_ms as "workedMs",
  cost_ms as "costMs"`;

/** The one under way, else the last one. */
export const findRun = async (db: Db | Tx, { caseRef, authorityId }: Under): Promise<RunRow | undefined> =>
  (
    await sql<RunRow>`
      select ${columns} from investigator.recovery_run
       where case_ref = ${caseRef} and authority_id = ${authorityId}
       order by state = 'running' desc, started_at desc limit 1`.execute(db)
  ).rows[0];

/** @returns `undefined` where one is under way */
export const insertRun = async (
  tx: Tx,
  run: Under & { readonly runId: string; readonly options: RecoveryOptions },
  { by, at }: { readonly by: string; readonly at: UtcInstant },
): Promise<RunRow | undefined> =>
  (
    await sql<RunRow>`
      insert into investigator.recovery_run (run_id, case_ref, authority_id, options, started_at, started_by, state)
      values (${run.runId}, ${run.caseRef}, ${run.authorityId}, ${JSON.stringify(run.options)}::jsonb, ${at}, ${by}, 'running')
          on conflict do nothing
      returning ${columns}`.execute(tx)
  ).rows[0];

/** Nobody holds its work from here on. @returns whether it was under way */
export const setEnded = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  because: string,
  at: UtcInstant,
): Promise<RunRow | undefined> => {
  const { rows } = await sql<RunRow>`
    update investigator.recovery_run set state = 'ended', ended_at = ${at}, ended_because = ${because}
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'running'
    returning ${columns}`.execute(tx);
  await sql`
    update investigator.recovery_work set holder = null
     where case_ref = ${caseRef} and authority_id = ${authorityId}`.execute(tx);
  return rows[0];
};

/** @param unitId whose attempts are counted by what they cost */
export const addWorked = async (
  tx: Tx,
  { caseRef, authorityId }: Under,
  unitId: string,
  { checks, milliseconds }: { readonly checks: number; readonly milliseconds: number },
): Promise<void> => {
  await sql`
    update investigator.recovery_run
       set checks = checks + ${checks}, worked_ms = worked_ms + ${milliseconds},
           cost_ms = cost_ms + (select coalesce(sum(attempt.checks * lock.cost), 0)
                                  from investigator.recovery_attempt attempt
                                  join investigator.recovery_lock lock using (case_ref, authority_id, lock_key)
                                 where attempt.unit_id = ${unitId})
     where case_ref = ${caseRef} and authority_id = ${authorityId} and state = 'running'`.execute(tx);
};
