import { checkPassword, type UnpackLimits, unpackArchive } from '@tutela/archive';
import type { CompiledScope } from '@tutela/policy';
import type { Hit } from '@tutela/recovery';
import type { MayGoOn } from '../../seizure/image/until-stopped.js';
import { type ArchiveItem, nameOf } from '../archive-item.js';
import { authorityOf, type Decided, decideAll } from '../decisions.js';
import type { ArchiveDeps } from '../deps.js';
import { closeAll, openAll } from '../item-reader.js';
import { findShape, lockKeysOfSet, type SetShape } from '../queries/record.js';
import { openLocks } from './lock-material.js';
import type { Under } from './work.js';

/** What a second tool says of a password that fits. */
export interface Verdict {
  readonly verified: 'by-opening' | 'by-check-only' | 'undecided' | 'refuted';
  readonly reason?: string;
}

const locksChecked = 100;
const discard = { begin: () => undefined, data: () => undefined, end: () => undefined };

/**
 * Opens one archive with the password to its end and throws away what comes out. Only where `open` is granted; elsewhere
 * the check is all there is, and what it proves is told from what it does not.
 */
export const verifyHit = async (
  deps: ArchiveDeps,
  under: Under,
  { scope, mayGoOn }: { readonly scope: CompiledScope; readonly mayGoOn: MayGoOn },
  hit: Hit,
  sets: ReadonlyMap<string, readonly ArchiveItem[]>,
  limits: Partial<UnpackLimits> = {},
): Promise<{ readonly verdict: Verdict; readonly decided: readonly Decided[] }> => {
  const byCheck: Verdict =
    hit.grade === 'proven'
      ? { verified: 'by-check-only' }
      : { verified: 'undecided', reason: 'the check alone proves too little' };
  const decided: Decided[] = [];
  for (const [setId, items] of sets) {
    const decision = decideAll(scope, 'open', items);
    decided.push({ step: 'open', items, decision });
    if (authorityOf(decision) !== under.authorityId) continue;
    const shape = await findShape(deps.db, setId);
    if (shape === undefined || shape.format === null) continue;
    if (shape.missing.length > 0) return { verdict: { ...byCheck, reason: 'volume-missing' }, decided };
    if ((await fitsAll(deps, under.caseRef, setId, hit.word)) === 'no') continue;
    return { verdict: await tryOpening(deps, shape, items, { hit, byCheck, mayGoOn, limits }), decided };
  }
  return { verdict: byCheck, decided };
};

/** An archive may have members under several passwords; one of them does not open it. */
const fitsAll = async (deps: ArchiveDeps, caseRef: string, setId: string, word: string): Promise<'yes' | 'no'> => {
  const keys = await lockKeysOfSet(deps.db, setId);
  if (keys.length > locksChecked) return 'no';
  const locks = await openLocks(deps, caseRef, keys);
  return [...locks.values()].every(({ check }) => checkPassword(check, word) !== 'does-not-open') ? 'yes' : 'no';
};

interface Opening {
  readonly hit: Hit;
  readonly byCheck: Verdict;
  readonly mayGoOn: MayGoOn;
  readonly limits: Partial<UnpackLimits>;
}

const tryOpening = async (
  deps: ArchiveDeps,
  { format }: SetShape,
  items: readonly ArchiveItem[],
  { hit, byCheck, mayGoOn, limits }: Opening,
): Promise<Verdict> => {
  const { lockId, word, grade } = hit;
  const opened = await openAll(deps.reader, items, mayGoOn);
  if (opened.kind !== 'done') return { ...byCheck, reason: opened.reason.code };
  try {
    const caseRef = items[0]?.caseRef ?? '';
    const check = (await openLocks(deps, caseRef, [lockId])).get(lockId)?.check;
    const outcome = await unpackArchive({
      format: format!,
      volumes: opened.value.map(({ descriptor, size }, at) => ({ name: nameOf(items[at]!), descriptor, bytes: size })),
      password: word,
      ...(check !== undefined && { check }),
      receiver: discard,
      limits,
    });
    if (outcome.kind === 'done') return { verified: 'by-opening' };
    const { code } = outcome.reason;
    // A proven check and an archive that says otherwise: it is the archive that is broken.
    if (code === 'wrong-password' && grade !== 'proven') return { verified: 'refuted', reason: code };
    if (grade !== 'proven' && code === 'wrong-password-or-damaged') return { verified: 'undecided', reason: code };
    return { ...byCheck, reason: code };
  } finally {
    await closeAll(opened.value);
  }
};
