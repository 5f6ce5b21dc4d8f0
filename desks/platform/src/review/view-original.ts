import { randomUUID } from 'node:crypto';
import { type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { type AbsenceCode, type OpenedObject, sha256Address } from '@tutela/vault';
import type { PlatformDeps } from '../deps.js';
import { insertView, matchById } from '../queries/matches.js';
import { record, rowOf } from '../record.js';

export interface ViewRequest {
  readonly match: string;
  readonly actor: string;
  readonly reason: string;
}

/**
 * The original behind a match. The look is on record before the first byte leaves
 * (test: "an original is not handed out unless the look was recorded").
 */
export const viewOriginal = async (
  deps: PlatformDeps,
  { match: id, actor, reason }: ViewRequest,
): Promise<Outcome<OpenedObject, 'no-such-match' | AbsenceCode>> => {
  const match = await matchById(deps.db, id);
  if (match === undefined) return refused('no-such-match', `There is no match ${id}.`);
  const view = randomUUID();
  await inTransaction(deps.db, async (tx) => {
    const viewed = { viewed_by: actor, reason, viewed_at: deps.clock.now() };
    await insertView(tx, { id: view, sha256: match.sha256, match: id, ...viewed });
    await record(tx, deps, {
      type: 'original-viewed',
      actor,
      subjects: [`match:${id}`],
      payload: { view, match: id, sha256: match.sha256.toString('hex'), reason },
      effects: [rowOf('view', { id: view }, ['sha256', 'match', 'viewed_by', 'reason', 'viewed_at'])],
    });
  });
  return deps.vault.open(sha256Address(match.sha256.toString('hex')));
};
