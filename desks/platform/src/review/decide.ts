import { type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { noteWork } from '@tutela/exposure/postgres';
import { parsePersonId } from '@tutela/policy';
import type { PlatformDeps } from '../deps.js';
import { openFilingWhenDecided } from '../filing/open-filing.js';
import { decisionEffect } from '../match/confirm-by-policy.js';
import { insertDecisions, matchById } from '../queries/matches.js';
import { record } from '../record.js';
import { matchRef } from './look-at-match.js';

export interface Decision {
  readonly match: string;
  readonly decision: 'confirmed' | 'dismissed';
  readonly actor: string;
  readonly reason: string;
}

export interface Decided extends Decision {
  readonly account: string;
}

/** A person's word on a match. The first one stands. */
export const decide = (
  deps: PlatformDeps,
  { match: id, decision, actor, reason }: Decision,
): Promise<Outcome<Decided, 'no-such-match' | 'already-decided'>> =>
  inTransaction(deps.db, async (tx) => {
    const match = await matchById(tx, id);
    if (match === undefined) return refused('no-such-match', `There is no match ${id}.`);
    const row = {
      match: id,
      decision,
      basis: 'review' as const,
      decided_by: actor,
      reason,
      decided_at: deps.clock.now(),
    };
    const [decided] = await insertDecisions(tx, [row]);
    if (decided === undefined) {
      return refused(
        'already-decided',
        `The match was ${match.decision ?? 'decided'} by ${match.decided_by ?? 'somebody'}.`,
      );
    }
    await record(tx, deps, {
      type: 'match-decided',
      actor,
      subjects: [`match:${id}`],
      payload: { match: id, decision, reason },
      effects: [decisionEffect(id)],
    });
    const person = parsePersonId(actor);
    if (person !== undefined) await noteWork(tx, { person, desk: 'platform', subject: matchRef(id) }, row.decided_at);
    await openFilingWhenDecided(tx, deps, match.account);
    return { kind: 'done', value: { match: id, account: match.account, decision, actor, reason } };
  });
