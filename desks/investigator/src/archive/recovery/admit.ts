import { inTransaction } from '@tutela/db';
import { watchAuthorities } from '@tutela/policy/postgres';
import { checkMilliseconds } from '@tutela/recovery';
import type { AuthorityKey } from '../authority-key.js';
import { sightingsOf } from '../candidates/sightings.js';
import { authorityOf, type Decided, decideAll, recordDecided } from '../decisions.js';
import type { ArchiveDeps } from '../deps.js';
import { type AdmittedLock, admit, type LockedSet, listUnadmitted } from '../queries/admission.js';
import { volumesOf } from '../queries/items.js';
import { insertSightings, type SightingRow } from '../queries/words.js';
import { showOnArchives } from './show-on-archives.js';
import type { Under } from './work.js';

const setsAtOnce = 500;

/**
 * Lets the locks into the queue that this authority lets us attempt: `attempt` for every file of an archive. What says
 * no, and why, is on record. Words of their names and comments come along.
 * @returns admitted and refused archives
 */
export const admitLocks = async (
  deps: ArchiveDeps,
  under: Under,
  key: AuthorityKey,
): Promise<{ readonly admitted: number; readonly refused: number }> => {
  const { db, clock, actor: by } = deps;
  const watch = watchAuthorities(db, under.caseRef, clock);
  const total = { admitted: 0, refused: 0 };
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const sets = await listUnadmitted(db, under, after, setsAtOnce);
    const last = sets.at(-1);
    if (last === undefined) return total;
    after = last.setId;
    const scope = await watch.scope();
    const decided: Decided[] = [];
    const admitted: string[] = [];
    const locks: AdmittedLock[] = [];
    const words: SightingRow[] = [];
    for (const set of sets) {
      const items = await volumesOf(db, set.setId);
      const decision = decideAll(scope, 'attempt', items);
      decided.push({ step: 'attempt', items, decision });
      if (authorityOf(decision) !== under.authorityId) {
        total.refused++;
        continue;
      }
      total.admitted++;
      admitted.push(set.setId);
      locks.push(...locksOf(set));
      words.push(...wordsOf(set, under, key, items[0]?.itemId ?? null, items[0]?.path ?? ''));
    }
    await inTransaction(db, async (tx) => {
      await insertSightings(tx, under, words);
      await admit(tx, under, admitted, locks);
      // A copy of what was opened before is known at once.
      const keys = locks.map(({ lock_key }) => lock_key);
      const shown = await showOnArchives(tx, under, keys, scope);
      await recordDecided(tx, under.caseRef, [...decided, ...shown], { by, at: clock.now() });
    });
  }
};

const locksOf = ({ owner, folder, locks }: LockedSet): readonly AdmittedLock[] =>
  locks.map(({ key, kdf, rounds, scheme }, at) => ({
    lock_key: key,
    owner,
    folder,
    cost: checkMilliseconds(kdf, rounds),
    follows: at === 0 ? null : (locks[0]?.key ?? null),
    state: scheme === 'by-opening' ? 'uncheckable' : 'open',
  }));

const wordsOf = (
  set: LockedSet,
  { authorityId }: Under,
  key: AuthorityKey,
  itemId: number | null,
  path: string,
): readonly SightingRow[] => {
  const { owner, folder } = set;
  const comment =
    set.commentSealed !== null && set.authorityId === authorityId
      ? sightingsOf(key, { text: key.unseal(set.commentSealed), kind: 'comment', itemId, owner, folder })
      : [];
  const names = [path.replaceAll('/', ' '), ...(set.memberNames === 'read' ? set.names : [])].join('\n');
  return [...comment, ...sightingsOf(key, { text: names, kind: 'name', itemId, owner, folder })];
};
