import type { UtcInstant } from '@tutela/core';
import type { AuthorityId, AuthorityRecord } from './authority.js';
import { standingOf, versionsInPlay } from './standing.js';

export type ReuseDecision =
  | {
      readonly answer: 'allow';
      readonly rule: 'secret.own' | 'secret.reuse';
      readonly foundUnder: AuthorityId;
      readonly triedUnder: AuthorityId;
    }
  | { readonly answer: 'deny'; readonly rule: 'secret.reuse'; readonly detail: ReuseFault };

type ReuseFault = 'not-stated' | 'found-under-not-in-force' | 'tried-under-not-in-force' | 'attempt-not-granted';

/**
 * Whether a password found under one authority may be tried on what another covers: only where the first one's
 * verified text says so, and while both are in force. Whether each object may be attempted is asked besides.
 */
export const decideSecretReuse = (
  authorities: readonly AuthorityRecord[],
  {
    foundUnder,
    triedUnder,
    at,
  }: { readonly foundUnder: AuthorityId; readonly triedUnder: AuthorityId; readonly at: UtcInstant },
): ReuseDecision => {
  const inForce = versionsInPlay(authorities, at).filter((record) => standingOf(record, at) === 'in-force');
  const authorityOf = (id: AuthorityId) => inForce.find(({ authority }) => authority.id === id)?.authority;
  const deny = (detail: ReuseFault): ReuseDecision => ({ answer: 'deny', rule: 'secret.reuse', detail });
  const found = authorityOf(foundUnder);
  const tried = authorityOf(triedUnder);
  if (found === undefined) return deny('found-under-not-in-force');
  if (tried === undefined) return deny('tried-under-not-in-force');
  if (!tried.grants.includes('attempt')) return deny('attempt-not-granted');
  if (foundUnder === triedUnder) return { answer: 'allow', rule: 'secret.own', foundUnder, triedUnder };
  const reuse = found.secretReuse;
  if (reuse.kind === 'own' || !reuse.authorities.includes(triedUnder)) return deny('not-stated');
  return { answer: 'allow', rule: 'secret.reuse', foundUnder, triedUnder };
};
