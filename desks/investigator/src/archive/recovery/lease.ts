import type { UtcInstant } from '@tutela/core';
import type { CompiledScope } from '@tutela/policy';
import type { AuthorityWatch } from '@tutela/policy/postgres';
import type { ArchiveItem } from '../archive-item.js';
import { decideAll } from '../decisions.js';
import type { ArchiveDeps } from '../deps.js';
import { itemsOfLocks } from '../queries/items.js';
import { beatWork } from '../queries/record.js';
import type { Under, Work } from './work.js';

/** The archives of locks: lock key, then set, to the files. */
export type ArchivesOfLocks = ReadonlyMap<string, ReadonlyMap<string, readonly ArchiveItem[]>>;

export const archivesOf = async (
  { db }: Pick<ArchiveDeps, 'db'>,
  caseRef: string,
  lockKeys: readonly string[],
): Promise<ArchivesOfLocks> => {
  const locks = new Map<string, Map<string, ArchiveItem[]>>();
  for (const item of await itemsOfLocks(db, caseRef, lockKeys)) {
    const sets = locks.get(item.lockKey) ?? new Map<string, ArchiveItem[]>();
    locks.set(item.lockKey, sets.set(item.setId, [...(sets.get(item.setId) ?? []), item]));
  }
  return locks;
};

/** The version of the authority that lets us attempt a lock; absent when it does not, or not any more. */
export const attemptedUnder = (
  scope: CompiledScope,
  { authorityId }: Under,
  sets: ReadonlyMap<string, readonly ArchiveItem[]> | undefined,
): number | undefined => {
  for (const items of sets?.values() ?? []) {
    const decision = decideAll(scope, 'attempt', items);
    if (decision.answer === 'allow' && decision.authority === authorityId) return decision.version;
  }
  return undefined;
};

export type LeaseEnd = 'held' | 'lost' | 'authority';

export interface Lease {
  /** Aborted when the lease must end. */
  readonly signal: AbortSignal;
  /** Asks once more, and ends the heartbeat. */
  readonly end: () => Promise<LeaseEnd>;
}

/** Shows that this worker is alive, and stops its work within one heartbeat when the authority does not allow it as before. */
export const holdLease = (
  { db, clock }: Pick<ArchiveDeps, 'db' | 'clock'>,
  watch: AuthorityWatch,
  work: Work,
  holder: string,
  {
    archives,
    beatSeconds,
    signal,
  }: { readonly archives: ArchivesOfLocks; readonly beatSeconds: number; readonly signal?: AbortSignal },
): Lease => {
  const stop = new AbortController();
  const versions = new Map<string, number | undefined>();
  let state: LeaseEnd = 'held';
  let beating: Promise<void> = Promise.resolve();
  const beat = async (): Promise<void> => {
    if (state !== 'held') return;
    const scope = await watch.scope();
    for (const [lockKey, sets] of archives) {
      const version = attemptedUnder(scope, work, sets);
      if (version === undefined || (versions.get(lockKey) ?? version) !== version) state = 'authority';
      versions.set(lockKey, version);
    }
    const at: UtcInstant = clock.now();
    if ((await beatWork(db, work.workId, holder, at)) === 'lost') state = 'lost';
    if (state !== 'held') stop.abort();
  };
  const timer = setInterval(() => {
    // A database that cannot be asked answers nothing: the last `end` decides.
    beating = beating.then(beat).catch(() => stop.abort());
  }, beatSeconds * 1000);
  return {
    signal: signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]),
    end: async () => {
      clearInterval(timer);
      await beating;
      await beat();
      return state;
    },
  };
};
