import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { ExportContent } from '@tutela/evidence';
import { batchDecisions, compileScope, type Decision, type DecisionBatch, type PersonId } from '@tutela/policy';
import { actorIn, loadGrounds } from '@tutela/policy/postgres';
import type { CaseItem } from './material-source.js';

export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

export interface Selection {
  readonly items: readonly CaseItem[];
  readonly exclusions: ExportContent['exclusions'];
  /** What was decided on handing each of them out. */
  readonly decisions: readonly DecisionBatch[];
}

/**
 * What goes into a package: every file of the case but those that a person leaves out and those that no authority
 * allows to be handed out; each of these with its reason.
 */
export const selectItems = async (
  db: Db,
  items: readonly CaseItem[],
  asked: {
    readonly caseRef: string;
    readonly by: PersonId;
    readonly at: UtcInstant;
    readonly leaveOut: readonly LeftOut[];
  },
): Promise<Selection> => {
  const { caseRef, by, at } = asked;
  const leftOut = new Map(asked.leaveOut.map(({ id, reason }) => [id, reason]));
  const scope = compileScope(await loadGrounds(db, caseRef), caseRef, at);
  const actor = await actorIn(db, caseRef, by);
  const decided = items
    .filter(({ id }) => !leftOut.has(id))
    .map((item) => ({ item, decision: scope.decide({ step: 'disclose', object: item.object, actor }) }));
  const decisions = await batchDecisions(
    { caseRef, step: 'disclose', at, actor: by },
    decided.map(({ item, decision }) => ({ ref: item.id, group: item.report ?? item.exhibit ?? 'case', decision })),
  );
  return {
    items: decided.flatMap(({ item, decision }) => (decision.answer === 'allow' ? [item] : [])),
    exclusions: [
      ...asked.leaveOut.map(({ id, reason }) => ({ id, reason })),
      ...decided.flatMap(({ item: { id }, decision }) =>
        decision.answer === 'allow' ? [] : [{ id, reason: notAllowed(decision) }],
      ),
    ],
    decisions,
  };
};

const notAllowed = ({ answer, rule }: Exclude<Decision, { readonly answer: 'allow' }>): string =>
  `${answer === 'needs' ? 'not allowed yet' : 'not allowed'} to be handed out: ${rule} (docs/authority.md)`;
