import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { done, type Outcome } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { watchAuthorities } from '@tutela/policy/postgres';
import type { EngineProgress, RecoveryEngine } from '@tutela/recovery';
import { InvestigatorError } from '../../investigator-error.js';
import { type AuthorityKey, obtainAuthorityKey } from '../authority-key.js';
import { harvestTexts } from '../candidates/harvest.js';
import { blocksOf } from '../candidates/import-list.js';
import type { ArchiveDeps } from '../deps.js';
import { reopenExhausted } from '../queries/admission.js';
import { deleteWork, releaseWork, waitForHints, withdrawLocks } from '../queries/record.js';
import { addWorked, findRun, type RunRow } from '../queries/runs.js';
import { listWordLists } from '../queries/words.js';
import { admitLocks } from './admit.js';
import { doWork } from './do-work.js';
import { archivesOf, attemptedUnder, holdLease } from './lease.js';
import { planWork } from './plan-work.js';
import { recordWork } from './record-work.js';
import { bringSecrets } from './reuse.js';
import { endRecovery, mayAttempt, type RunFault, startRecovery } from './runs.js';
import { lockKeysOf, type RecoveryOptions, type Under, type Work } from './work.js';

export interface RecoveryInput extends Under {
  readonly options?: Partial<RecoveryOptions>;
}

export interface RecoveryWorker {
  readonly engine: RecoveryEngine;
  /** Puts down what it holds and leaves the run to others. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
}

const pollMilliseconds = 500;

/**
 * Looks for the passwords of a case's archives under one authority until the stop rule, a person or the authority ends
 * it. Any number of processes may do it at once; what a killed one held is begun again by the next.
 */
export const runRecovery = async (
  deps: ArchiveDeps,
  { caseRef, authorityId, options }: RecoveryInput,
  worker: RecoveryWorker,
): Promise<Outcome<RunRow, RunFault>> => {
  const under = { caseRef, authorityId };
  const started = await startRecovery(deps, under, options);
  if (started.kind !== 'done') return started;
  const key = await obtainAuthorityKey(deps, caseRef, authorityId);
  await prepare(deps, under, key);
  await workThrough(deps, under, key, worker);
  return done((await findRun(deps.db, under))!);
};

/** What is to be tried on what: words of the seizure, locks that may be attempted, passwords from elsewhere. */
const prepare = async (deps: ArchiveDeps, under: Under, key: AuthorityKey): Promise<void> => {
  const lists = await listWordLists(deps.db, under.caseRef);
  const blocks = lists.reduce((sum, list) => sum + blocksOf(list), 0);
  await inTransaction(deps.db, (tx) => reopenExhausted(tx, under, blocks));
  await harvestTexts(deps, under);
  await admitLocks(deps, under, key);
  await bringSecrets(deps, under, key);
};

const workThrough = async (
  deps: ArchiveDeps,
  under: Under,
  key: AuthorityKey,
  worker: RecoveryWorker,
): Promise<void> => {
  const { db, clock, actor: by } = deps;
  const holder = randomUUID();
  while (worker.signal?.aborted !== true) {
    const run = await findRun(db, under);
    if (run?.state !== 'running') return;
    if ((await mayAttempt(deps, under)) === 'no') {
      await endRecovery(deps, under, 'authority');
      return;
    }
    const lists = await listWordLists(db, under.caseRef);
    const planned = await inTransaction(db, (tx) => planWork(tx, { run, lists, holder, by, at: clock.now() }));
    switch (planned.kind) {
      case 'wait':
        await sleep(pollMilliseconds);
        break;
      case 'stop':
        await endRecovery(deps, under, planned.why);
        return;
      case 'work':
        await doLease(deps, planned.work, { run, lists, key, holder, worker });
    }
  }
};

interface Leasing {
  readonly run: RunRow;
  readonly lists: Awaited<ReturnType<typeof listWordLists>>;
  readonly key: AuthorityKey;
  readonly holder: string;
  readonly worker: RecoveryWorker;
}

const doLease = async (deps: ArchiveDeps, work: Work, { run, lists, key, holder, worker }: Leasing): Promise<void> => {
  const { db, clock, actor: by } = deps;
  const watch = watchAuthorities(db, work.caseRef, clock);
  const scope = await watch.scope();
  const lockKeys = lockKeysOf(work.body);
  const archives = await archivesOf(deps, work.caseRef, lockKeys);
  const denied = lockKeys.filter((lockKey) => attemptedUnder(scope, work, archives.get(lockKey)) === undefined);
  if (denied.length > 0) {
    await inTransaction(db, (tx) => withdraw(tx, work, denied));
    return;
  }
  const { beatSeconds } = run.options;
  const lease = holdLease(deps, watch, work, holder, { archives, beatSeconds, ...signalOf(worker) });
  const end = await doWork(deps, work, { ...worker, key, lists, archives, scope, signal: lease.signal }).catch(
    async (error: unknown) => {
      await lease.end();
      throw error;
    },
  );
  const ended = await lease.end();
  if (end.kind === 'broken') {
    await releaseWork(db, work.workId, holder);
    // Why is left out: what an engine says last may hold a word.
    throw new InvestigatorError('engine-broken', `${worker.engine.name} broke off`);
  }
  if (end.kind === 'stopped' || ended !== 'held') {
    await releaseWork(db, work.workId, holder);
    return;
  }
  const { result } = end;
  const recording = { holder, engine: worker.engine.name, key, by, scope: await watch.scope() };
  await inTransaction(db, async (tx) => {
    if ((await recordWork(tx, work, result, { ...recording, at: clock.now() })) === 'lost') return;
    const checks = result.attempts.reduce((sum, attempt) => sum + attempt.checks, 0);
    await addWorked(tx, work, work.workId, { checks, milliseconds: result.milliseconds });
  });
};

const signalOf = ({ signal }: RecoveryWorker) => (signal === undefined ? {} : { signal });

/** Locks that may not be attempted any more leave the queue; the others are planned again. */
const withdraw = async (tx: Parameters<typeof deleteWork>[0], work: Work, denied: readonly string[]): Promise<void> => {
  await withdrawLocks(tx, work, denied);
  const { body } = work;
  const others = lockKeysOf(body).filter((lockKey) => !denied.includes(lockKey));
  await deleteWork(tx, work, work.workId);
  if (body.kind === 'hints') await waitForHints(tx, work, others);
};
