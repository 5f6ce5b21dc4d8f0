import type { Tx } from '@tutela/db';
import type { PlatformDeps } from '../deps.js';
import { insertDecisions, type NewMatch } from '../queries/matches.js';
import { program, record, rowOf } from '../record.js';

export const decisionEffect = (match: string) =>
  rowOf('decision', { match }, ['decision', 'basis', 'decided_by', 'reason', 'decided_at']);

/** Where the policy says so, exact matches are confirmed without anybody looking, and the record says just that. */
export const confirmByPolicy = async (tx: Tx, deps: PlatformDeps, matches: readonly NewMatch[]): Promise<void> => {
  const exact = matches.filter(({ kind }) => kind === 'exact');
  if (deps.policy.exactMatches === 'review' || exact.length === 0) return;
  const decided_at = deps.clock.now();
  const reason = 'The digest equals a listed one; the policy confirms exact matches without a look.';
  const decisions = exact.map(({ id }) => ({
    match: id,
    decision: 'confirmed' as const,
    basis: 'policy-exact' as const,
    decided_by: program,
    reason,
    decided_at,
  }));
  await insertDecisions(tx, decisions);
  await record(tx, deps, {
    type: 'matches-confirmed-by-policy',
    actor: program,
    subjects: exact.map(({ id }) => `match:${id}`).slice(0, 100),
    payload: { matches: exact.map(({ id }) => id), policy: 'exact matches: file without viewing' },
    effects: exact.map(({ id }) => decisionEffect(id)),
  });
};
