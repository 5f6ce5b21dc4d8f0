import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { noteWork } from '@tutela/exposure/postgres';
import { parsePersonId } from '@tutela/policy';
import type { PlatformDeps } from '../deps.js';
import { openFilingWhenDecided } from '../filing/open-filing.js';
import { decisionEffect } from '../match/confirm-by-policy.js';
import { insertDecisions } from '../queries/matches.js';
import { deleteDecisions, holdAccount, reviewedMembers, waitingMembers } from '../queries/stacks.js';
import { record } from '../record.js';

export interface StackDecision {
  readonly stack: string;
  readonly decision: 'confirmed' | 'dismissed';
  readonly actor: string;
  readonly reason: string;
}

/** Matches that one event names. */
const portion = 50;

/** A person's word on everything of a stack that nobody has decided: what was decided before stands. */
export const decideStack = (
  deps: PlatformDeps,
  { stack, decision, actor, reason }: StackDecision,
): Promise<Outcome<{ readonly stack: string; readonly decided: number }, 'nothing-waits'>> =>
  inTransaction(deps.db, async (tx) => {
    const waiting = await waitingMembers(tx, stack);
    const decided_at = deps.clock.now();
    const row = { decision, basis: 'review' as const, decided_by: actor, reason, decided_at };
    let decided = 0;
    for (const part of inPortions(waiting.map(({ match }) => match))) {
      const rows = part.map((match) => ({ match, ...row }));
      const matches = await insertDecisions(tx, rows);
      decided += matches.length;
      if (matches.length === 0) continue;
      await record(tx, deps, {
        type: 'stack-decided',
        actor,
        subjects: [`stack:${stack}`],
        payload: { stack, matches, decision, reason },
        effects: matches.map(decisionEffect),
      });
    }
    if (decided === 0) return refused('nothing-waits', `Nothing of the stack ${stack} waits for a decision.`);
    const person = parsePersonId(actor);
    if (person !== undefined) await noteWork(tx, { person, desk: 'platform', subject: `stack/${stack}` }, decided_at);
    for (const account of new Set(waiting.map((one) => one.account))) await openFilingWhenDecided(tx, deps, account);
    return done({ stack, decided });
  });

export interface StackReversal {
  readonly stack: string;
  readonly reversed: number;
  /** Decided as well and in a report: these stand. */
  readonly filed: number;
}

/** Takes back what people decided on a stack, as far as nothing of it went into a report; the ledger keeps both. */
export const reverseStack = (
  deps: PlatformDeps,
  { stack, actor, reason }: Omit<StackDecision, 'decision'>,
): Promise<Outcome<StackReversal, 'filed-already' | 'nothing-decided'>> =>
  inTransaction(deps.db, async (tx) => {
    for (const account of new Set((await reviewedMembers(tx, stack)).map((one) => one.account)))
      await holdAccount(tx, account);
    const reviewed = await reviewedMembers(tx, stack);
    const back = reviewed.flatMap(({ match, filed }) => (filed === 'filed' ? [] : [match]));
    if (reviewed.length === 0) return refused('nothing-decided', `Nobody decided on the stack ${stack}.`);
    if (back.length === 0) return refused('filed-already', 'All that was decided is in a report.');
    await deleteDecisions(tx, back);
    for (const matches of inPortions(back)) {
      await record(tx, deps, {
        type: 'decisions-reversed',
        actor,
        subjects: [`stack:${stack}`],
        payload: { stack, matches, reason },
        effects: matches.map((match) => ({ kind: 'gone', table: 'platform.decision', key: { match } })),
      });
    }
    return done({ stack, reversed: back.length, filed: reviewed.length - back.length });
  });

const inPortions = (matches: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(matches.length / portion) }, (_, at) =>
    matches.slice(at * portion, (at + 1) * portion),
  );
