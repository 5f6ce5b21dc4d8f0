import { randomUUID } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { type AuthorityId, decideSecretReuse, type ReuseDecision } from '@tutela/policy';
import { loadGrounds } from '@tutela/policy/postgres';
import { type AuthorityKey, obtainAuthorityKey } from '../authority-key.js';
import type { ArchiveDeps } from '../deps.js';
import { insertSpread } from '../queries/plan.js';
import { authoritiesWithSecrets, countOpenLocks, insertReuse, recoveredWords } from '../queries/reuse.js';
import { insertSightings } from '../queries/words.js';
import type { Under } from './work.js';

interface Reuse {
  readonly caseRef: string;
  readonly wordId: number | null;
  /** Locks that it is about. */
  readonly locks: number;
  readonly decision: Omit<ReuseDecision, 'foundUnder' | 'triedUnder'> & {
    readonly foundUnder: string;
    readonly triedUnder: string;
    readonly detail?: string;
  };
}

/** One decision on one password or all, however many locks it is about. */
export const recordReuse = async (
  tx: Tx,
  { caseRef, wordId, locks, decision }: Reuse,
  { by, at }: { readonly by: string; readonly at: UtcInstant },
): Promise<void> => {
  const { answer, rule, foundUnder, triedUnder, detail = null } = decision;
  const reuseId = randomUUID();
  await insertReuse(tx, { reuseId, caseRef, foundUnder, triedUnder, answer, rule, detail, wordId, locks }, { by, at });
  await appendEvent(tx, {
    type: 'investigator.secret-reuse-decided',
    actor: by,
    at,
    subjects: [...new Set([foundUnder, triedUnder])],
    caseRef,
    payload: { answer, rule, locks },
    effects: [
      {
        kind: 'written',
        table: 'investigator.secret_reuse',
        key: { reuse_id: reuseId },
        columns: [
          'case_ref',
          'found_under',
          'tried_under',
          'answer',
          'rule',
          'detail',
          'word_id',
          'locks',
          'decided_at',
          'decided_by',
        ],
      },
    ],
  });
};

/**
 * Asks of every other authority of the case whether what was found under it may be tried here. Where its text says so,
 * its passwords are sealed again for this one and tried on all that this one covers; otherwise the refusal is on record.
 */
export const bringSecrets = async (deps: ArchiveDeps, under: Under, key: AuthorityKey): Promise<void> => {
  const { db, clock, actor: by } = deps;
  const { caseRef, authorityId } = under;
  const others = await authoritiesWithSecrets(db, under);
  if (others.length === 0) return;
  const { authorities } = await loadGrounds(db, caseRef);
  const locks = await countOpenLocks(db, under);
  for (const other of others) {
    const at = clock.now();
    const asked = { foundUnder: other as AuthorityId, triedUnder: authorityId as AuthorityId, at };
    const decision = decideSecretReuse(authorities, asked);
    const secrets = decision.answer === 'allow' ? await recoveredWords(db, { caseRef, authorityId: other }) : [];
    const otherKey = secrets.length === 0 ? undefined : await obtainAuthorityKey(deps, caseRef, other);
    const rows = secrets.map(({ secretId, sealed }, rank) => {
      const word = otherKey!.unseal(sealed);
      return {
        mac: key.macOf(word),
        sealed: key.seal(word).toString('hex'),
        kind: 'recovered' as const,
        item_id: null,
        secret_id: secretId,
        stated_by: null,
        place: null,
        rank,
        owner: `authority ${other}`,
        folder: '',
      };
    });
    await inTransaction(db, async (tx) => {
      await recordReuse(tx, { caseRef, wordId: null, locks, decision: { ...asked, ...decision } }, { by, at });
      for (const wordId of (await insertSightings(tx, under, rows)).values()) {
        await insertSpread(tx, under, { wordId, owner: null, credit: null });
      }
    });
  }
};
