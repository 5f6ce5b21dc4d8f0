import type { UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { CompiledScope } from '@tutela/policy';
import type { AuthorityKey } from '../authority-key.js';
import { type Decided, recordDecided } from '../decisions.js';
import { insertSpread } from '../queries/plan.js';
import {
  addYield,
  advance,
  deleteWork,
  holdWork,
  insertAttempts,
  insertSecrets,
  markSolved,
  markUncheckable,
  openOwners,
} from '../queries/record.js';
import { insertSightings } from '../queries/words.js';
import { nameBasedId } from '../set-id.js';
import { recordUnit } from '../units.js';
import type { Found, WorkResult } from './do-work.js';
import { showOnArchives } from './show-on-archives.js';
import type { Work, WorkBody } from './work.js';

export interface Recording {
  readonly holder: string;
  readonly engine: string;
  readonly key: AuthorityKey;
  readonly scope: CompiledScope;
  readonly by: string;
  readonly at: UtcInstant;
}

/**
 * Writes what a lease yielded, once: attempts, sealed passwords, where they go next, and what was learned. All of it or
 * nothing, and nothing when another worker took the lease over.
 */
export const recordWork = async (
  tx: Tx,
  work: Work,
  result: WorkResult,
  recording: Recording,
): Promise<'recorded' | 'lost'> => {
  const { holder, engine, by, at } = recording;
  if ((await holdWork(tx, work.workId, holder)) === 'lost') return 'lost';
  const { caseRef, authorityId, body } = work;
  const unit = { unitId: work.workId, caseRef, kind: 'recovery', authorityId, engine } as const;
  const decided: Decided[] = [...result.decided];
  await recordUnit(tx, unit, { by, at }, async () => {
    await insertAttempts(tx, work, work.workId, result.attempts);
    const solved = await recordFound(tx, work, result.found, recording);
    const unchecked = result.attempts.filter(({ outcome }) => outcome === 'unchecked').map((one) => one.lock_key);
    if (unchecked.length > 0) await markUncheckable(tx, work, unchecked);
    if (body.kind === 'block') await advance(tx, work, body.lockKeys, body);
    const checks = result.attempts.reduce((sum, attempt) => sum + attempt.checks, 0);
    const credit = creditOf(body);
    if (credit !== null) await addYield(tx, work, credit, { checks, solved: solved.length });
    const faults = new Map(result.found.map(({ lockKey, verdict }) => [lockKey, verdict.reason]));
    const touched = result.attempts.map((attempt) => attempt.lock_key);
    decided.push(...(await showOnArchives(tx, work, touched, recording.scope, faults)));
    return { work: body.kind, locks: result.attempts.length, checks, solved: solved.length };
  });
  await recordDecided(tx, caseRef, decided, { by, at });
  await deleteWork(tx, work, work.workId);
  return 'recorded';
};

/** The kind of group that found it, or found the password that is spread: what it opens is that kind's yield. */
const creditOf = (body: WorkBody): string | null => (body.kind === 'spread' ? body.credit : body.groupKind);

/** @returns keys of the locks that were open until now and have a password */
const recordFound = async (
  tx: Tx,
  work: Work,
  found: readonly Found[],
  { key, at }: Recording,
): Promise<readonly string[]> => {
  const owners = await openOwners(
    tx,
    work,
    found.map(({ lockKey }) => lockKey),
  );
  const fresh = found.filter(({ lockKey }) => owners.has(lockKey));
  if (fresh.length === 0) return [];
  const isSettled = ({ verdict }: Found): boolean => verdict.verified !== 'undecided';
  const secretOf = ({ lockKey, word }: Found): string =>
    nameBasedId('secret', work.caseRef, work.authorityId, lockKey, key.macOf(word));
  const sightings = fresh.map((one) => ({
    mac: key.macOf(one.word),
    sealed: key.seal(one.word).toString('hex'),
    // What may be wrong spreads nowhere.
    kind: isSettled(one) ? ('recovered' as const) : ('stated' as const),
    item_id: null,
    secret_id: secretOf(one),
    stated_by: isSettled(one) ? null : 'undecided',
    place: null,
    rank: 0,
    owner: isSettled(one) ? owners.get(one.lockKey)!.owner : '',
    folder: '',
  }));
  const wordIds = await insertSightings(tx, work, sightings);
  const rows = fresh.map((one) => ({
    secret_id: secretOf(one),
    lock_key: one.lockKey,
    word_id: wordIds.get(key.macOf(one.word))!,
    found_by: work.body.kind,
    verified: one.verdict.verified,
    reason: one.verdict.reason ?? null,
  }));
  await insertSecrets(tx, work, work.workId, at, rows);
  const solved = fresh.filter(isSettled);
  await markSolved(
    tx,
    work,
    solved.map(({ lockKey }) => lockKey),
  );
  const credit = creditOf(work.body);
  for (const one of solved) {
    const owner = owners.get(one.lockKey)!.owner;
    await insertSpread(tx, work, { wordId: wordIds.get(key.macOf(one.word))!, owner, credit });
  }
  return solved.map(({ lockKey }) => lockKey);
};
