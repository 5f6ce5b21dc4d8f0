import { type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { beginReveal } from '@tutela/exposure/postgres';
import { parsePersonId } from '@tutela/policy';
import { type AbsenceCode, type OpenedObject, sha256Address } from '@tutela/vault';
import type { PlatformDeps } from '../deps.js';
import { matchById } from '../queries/matches.js';
import { matchRef, recordView } from './look-at-match.js';

export interface ViewRequest {
  readonly match: string;
  readonly actor: string;
  readonly reason: string;
}

/**
 * The original behind a match, byte for byte, for the command line. It counts on the clock of whoever takes it until the
 * time of a reveal is over, and is on record before the first byte leaves
 * (test: "an original is not handed out unless the look was recorded").
 */
export const viewOriginal = async (
  deps: PlatformDeps,
  { match: id, actor, reason }: ViewRequest,
): Promise<Outcome<OpenedObject, 'no-such-match' | 'not-a-person' | 'over-limit' | AbsenceCode>> => {
  const match = await matchById(deps.db, id);
  if (match === undefined) return refused('no-such-match', `There is no match ${id}.`);
  const person = parsePersonId(actor);
  if (person === undefined) return refused('not-a-person', `${JSON.stringify(actor)} is no pseudonym of a person.`);
  const sha256 = match.sha256.toString('hex');
  const what = { desk: 'platform', subject: matchRef(id), sha256, person, form: 'file', reason } as const;
  const begun = await inTransaction(deps.db, (tx) =>
    beginReveal(tx, deps.rules, {
      ...what,
      at: deps.clock.now(),
      alongside: (same, reveal) => recordView(same, reveal, match),
    }),
  );
  return begun.kind === 'done' ? deps.vault.open(sha256Address(sha256)) : begun;
};
