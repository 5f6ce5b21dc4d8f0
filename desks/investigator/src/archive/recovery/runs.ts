import { randomUUID } from 'node:crypto';
import { done, type JsonObject, type Outcome, refused } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { activeAuthorities } from '@tutela/policy/postgres';
import type { ArchiveDeps } from '../deps.js';
import { findRun, insertRun, type RunRow, setEnded } from '../queries/runs.js';
import { defaultRecoveryOptions, type RecoveryOptions, type Under } from './work.js';

export type RunFault = 'attempt-not-granted' | 'not-running';

/** Whether the authority is in force and lets passwords be tried at all; each lock is asked about besides. */
export const mayAttempt = async (
  { db, clock }: Pick<ArchiveDeps, 'db' | 'clock'>,
  { caseRef, authorityId }: Under,
): Promise<'yes' | 'no'> => {
  const active = await activeAuthorities(db, caseRef, clock.now());
  return active.some(({ id, grants }) => id === authorityId && grants.includes('attempt')) ? 'yes' : 'no';
};

/** Begins to look for passwords under an authority, with the rule by which it will end; or goes on with what is under way. */
export const startRecovery = async (
  deps: Pick<ArchiveDeps, 'db' | 'clock' | 'actor'>,
  under: Under,
  options: Partial<RecoveryOptions> = {},
): Promise<Outcome<RunRow, RunFault>> => {
  if ((await mayAttempt(deps, under)) === 'no')
    return refused('attempt-not-granted', 'this authority is not in force or does not grant attempt');
  const all = { ...defaultRecoveryOptions, ...options };
  return await inTransaction(deps.db, async (tx) => {
    const at = deps.clock.now();
    const run = await insertRun(tx, { ...under, runId: randomUUID(), options: all }, { by: deps.actor, at });
    if (run === undefined) return done((await findRun(tx, under))!);
    const payload = { stopRule: { ...all.stopRule } };
    await tell(tx, deps, run, 'recovery-started', payload, ['options', 'started_at', 'started_by']);
    return done(run);
  });
};

/** Ends it; workers stop at their next heartbeat, and what they held is begun again by the next run. */
export const endRecovery = (
  deps: Pick<ArchiveDeps, 'db' | 'clock' | 'actor'>,
  under: Under,
  because: string,
): Promise<Outcome<RunRow, RunFault>> =>
  inTransaction(deps.db, async (tx): Promise<Outcome<RunRow, RunFault>> => {
    const run = await setEnded(tx, under, because, deps.clock.now());
    if (run === undefined) return refused('not-running', 'nothing is under way under this authority');
    const { checks } = run;
    const columns = [
      'options',
      'started_at',
      'started_by',
      'state',
      'ended_at',
      'ended_because',
      'checks',
      'worked_ms',
      'cost_ms',
    ];
    await tell(tx, deps, run, 'recovery-ended', { because, checks }, columns);
    return done(run);
  });

const tell = async (
  tx: Tx,
  { clock, actor }: Pick<ArchiveDeps, 'clock' | 'actor'>,
  { runId, caseRef, authorityId }: RunRow,
  type: string,
  payload: JsonObject,
  columns: readonly string[],
): Promise<void> => {
  const effect = { kind: 'written', table: 'investigator.recovery_run', key: { run_id: runId } } as const;
  await appendEvent(tx, {
    type: `investigator.${type}`,
    actor,
    at: clock.now(),
    subjects: [authorityId],
    caseRef,
    payload: { run: runId, ...payload },
    effects: [{ ...effect, columns: ['case_ref', 'authority_id', ...columns] }],
  });
};
