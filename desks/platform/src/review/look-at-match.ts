import { buffer } from 'node:stream/consumers';
import { done, nothing, type Outcome } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { RevealRow } from '@tutela/exposure/postgres';
import type { LookSubject } from '@tutela/exposure/routes';
import type { Effect } from '@tutela/ledger/postgres';
import { sha256Address } from '@tutela/vault';
import type { PlatformDeps } from '../deps.js';
import { insertView, matchById } from '../queries/matches.js';
import { rowOf } from '../record.js';

/** How a match is named in the record of looks. */
export const matchRef = (match: string): string => `match/${match}`;

/** The file behind a match, for who may look at it now. */
export const findMatchSubject = async (
  deps: Pick<PlatformDeps, 'db' | 'vault'>,
  id: string,
): Promise<Outcome<LookSubject, 'no-such-match'>> => {
  const match = await matchById(deps.db, id);
  if (match === undefined) return nothing('no-such-match', `There is no match ${id}.`);
  const sha256 = match.sha256.toString('hex');
  return done({
    desk: 'platform',
    ref: matchRef(id),
    sha256,
    size: match.size,
    categories: [match.kind === 'exact' ? 'listed' : 'resembling'],
    open: async () => {
      const opened = await deps.vault.open(sha256Address(sha256));
      return opened.kind === 'done' ? done(await buffer(opened.value.bytes)) : opened;
    },
    alongside: (tx, reveal) => recordView(tx, reveal, match),
  });
};

/** A reveal is a view: `fileViewedByEsp` is computed from these rows and from nothing else. */
export const recordView = async (
  tx: Tx,
  reveal: RevealRow,
  match: { readonly id: string; readonly sha256: Buffer },
): Promise<readonly Effect[]> => {
  const { reveal_id: id, person: viewed_by, reason, started_at: viewed_at } = reveal;
  await insertView(tx, { id, sha256: match.sha256, match: match.id, viewed_by, reason, viewed_at });
  return [rowOf('view', { id }, ['sha256', 'match', 'viewed_by', 'reason', 'viewed_at'])];
};
