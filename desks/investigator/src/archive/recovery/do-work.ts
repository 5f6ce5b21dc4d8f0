import { performance } from 'node:perf_hooks';
import type { CompiledScope } from '@tutela/policy';
import type { EngineProgress, Job, JobLock, RecoveryEngine } from '@tutela/recovery';
import type { MayGoOn } from '../../seizure/image/until-stopped.js';
import { eachAtOnce } from '../at-once.js';
import type { AuthorityKey } from '../authority-key.js';
import { readBlock } from '../candidates/import-list.js';
import type { Decided } from '../decisions.js';
import type { ArchiveDeps } from '../deps.js';
import type { AttemptRow } from '../queries/record.js';
import { type WordList, wordsById } from '../queries/words.js';
import type { ArchivesOfLocks } from './lease.js';
import { openLocks } from './lock-material.js';
import { wordName } from './plan-work.js';
import { type Verdict, verifyHit } from './verify-hit.js';
import type { Work } from './work.js';

export interface Found {
  readonly lockKey: string;
  readonly word: string;
  readonly verdict: Verdict & { readonly verified: 'by-opening' | 'by-check-only' | 'undecided' };
}

export interface WorkResult {
  readonly attempts: readonly AttemptRow[];
  readonly found: readonly Found[];
  readonly decided: readonly Decided[];
  /** Made by the engine, some for nothing. */
  readonly checks: number;
  readonly milliseconds: number;
}

export type WorkEnd =
  | { readonly kind: 'finished'; readonly result: WorkResult }
  | { readonly kind: 'stopped'; readonly milliseconds: number; readonly checks: number }
  | { readonly kind: 'broken'; readonly why: string };

/** Words still to be tried on a lock, in their order. */
interface Task {
  readonly lock: JobLock;
  readonly words: readonly string[];
  /** How many words were tried on it before these. */
  readonly tried: number;
  /** As the record of attempts names them. */
  readonly name: string;
  readonly block: number;
}

export interface Doing {
  readonly engine: RecoveryEngine;
  readonly key: AuthorityKey;
  readonly lists: readonly WordList[];
  readonly archives: ArchivesOfLocks;
  readonly scope: CompiledScope;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
}

/**
 * Does what a lease holds. Its result is the same whoever does it, and however often: what counts as a check of a lock is
 * the place of its password among the words, not what threads happened to try besides.
 */
export const doWork = async (deps: ArchiveDeps, work: Work, doing: Doing): Promise<WorkEnd> => {
  const { engine, signal, onProgress, archives, scope } = doing;
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  const attempts = new Map<string, AttemptRow>();
  const found: Found[] = [];
  const decided: Decided[] = [];
  let checks = 0;
  const mayGoOn: MayGoOn = async () => (signal.aborted ? 'stops' : 'goes-on');
  for (let tasks = await tasksOf(deps, work, doing); tasks.length > 0; ) {
    const end = await engine.run(jobOf(tasks), { signal, ...(onProgress !== undefined && { onProgress }) });
    if (end.kind === 'broken') return end;
    checks += end.report.checks;
    if (end.kind === 'stopped') return { kind: 'stopped', milliseconds: since(), checks };
    const hits = new Map(end.report.hits.map((hit) => [hit.lockId, hit]));
    const unchecked = new Set(end.report.unchecked);
    const again: Task[] = [];
    // Each is opened by a process of its own.
    const verdicts = new Map(
      await eachAtOnce([...hits.values()], async (hit) => {
        const sets = archives.get(hit.lockId) ?? new Map<string, never>();
        return [hit.lockId, await verifyHit(deps, work, { scope, mayGoOn }, hit, sets)] as const;
      }),
    );
    for (const task of tasks) {
      const lockKey = task.lock.id;
      const hit = hits.get(lockKey);
      const settle = (outcome: AttemptRow['outcome'], count: number): void => {
        const before = attempts.get(lockKey)?.outcome === 'undecided' && outcome === 'no' ? 'undecided' : outcome;
        const { name: words, block } = task;
        attempts.set(lockKey, { lock_key: lockKey, words, block, outcome: before, checks: task.tried + count });
      };
      if (hit === undefined) {
        settle(unchecked.has(lockKey) ? 'unchecked' : 'no', unchecked.has(lockKey) ? 0 : task.words.length);
        continue;
      }
      const place = task.words.indexOf(hit.word) + 1;
      const verified = verdicts.get(lockKey)!;
      decided.push(...verified.decided);
      const { verdict } = verified;
      if (verdict.verified !== 'refuted')
        found.push({ lockKey, word: hit.word, verdict: { ...verdict, verified: verdict.verified } });
      const isSettled = verdict.verified === 'by-opening' || verdict.verified === 'by-check-only';
      settle(isSettled ? 'hit' : verdict.verified === 'undecided' ? 'undecided' : 'no', place);
      const rest = task.words.slice(place);
      if (!isSettled && rest.length > 0) again.push({ ...task, words: rest, tried: task.tried + place });
    }
    tasks = again;
  }
  const result = { attempts: [...attempts.values()], found, decided, checks, milliseconds: since() };
  return { kind: 'finished', result };
};

const jobOf = (tasks: readonly Task[]): Job => {
  const words = tasks[0]?.words ?? [];
  if (tasks.every((task) => task.words === words))
    return { kind: 'words', locks: tasks.map(({ lock }) => lock), words };
  return { kind: 'pairs', pairs: tasks.flatMap(({ lock, words: own }) => own.map((word) => ({ lock, word }))) };
};

const tasksOf = async (deps: ArchiveDeps, work: Work, { key, lists }: Doing): Promise<readonly Task[]> => {
  const { body, caseRef } = work;
  const lockKeys = body.kind === 'hints' ? body.pairs.map(({ lockKey }) => lockKey) : body.lockKeys;
  const locks = await openLocks(deps, caseRef, lockKeys);
  const task = (lockKey: string, words: readonly string[], name: string, block: number): Task[] => {
    const lock = locks.get(lockKey);
    return lock === undefined ? [] : [{ lock, words, tried: 0, name, block }];
  };
  if (body.kind === 'block') {
    const list = lists.find(({ listId }) => listId === body.listId);
    if (list === undefined) return [];
    const words: string[] = [];
    for (let block = body.block; block < body.block + body.span; block++)
      words.push(...(await readBlock(deps.vault.forCase(caseRef), list, block)));
    return lockKeys.flatMap((lockKey) => task(lockKey, words, list.sha256, body.block));
  }
  const ids = body.kind === 'spread' ? [body.wordId] : body.pairs.flatMap(({ wordIds }) => wordIds);
  const sealed = await wordsById(deps.db, [...new Set(ids)]);
  const words = new Map([...sealed].map(([id, word]) => [id, { ...word, word: key.unseal(word.sealed) }]));
  if (body.kind === 'spread') {
    const word = words.get(body.wordId);
    if (word === undefined) return [];
    const one = [word.word];
    return lockKeys.flatMap((lockKey) => task(lockKey, one, wordName(word.mac), 0));
  }
  return body.pairs.flatMap(({ lockKey, wordIds }) => {
    const own = wordIds.flatMap((id) => words.get(id) ?? []);
    const name = `hints ${key.macOf(
      own
        .map(({ mac }) => mac)
        .sort()
        .join(),
    )}`;
    return task(
      lockKey,
      own.map(({ word }) => word),
      name,
      0,
    );
  });
};
