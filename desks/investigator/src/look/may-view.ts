import { done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { Effect } from '@tutela/ledger/postgres';
import { type Actor, batchDecisions, compileScope, type PersonId, type PolicyObject } from '@tutela/policy';
import { loadGrounds, privilegeOf, recordDecision } from '@tutela/policy/postgres';

export interface ViewQuestion {
  readonly caseRef: string;
  readonly actor: Actor;
  readonly object: PolicyObject & { readonly itemRef: string };
  readonly at: UtcInstant;
}

/** Puts the decision that allowed a look on record, in the look's own transaction. */
export type TellDecision = (tx: Tx) => Promise<readonly Effect[]>;

/** Whether the authorities of a case let this person view this object now; the rule's name when they do not. */
export const mayView = async (
  db: Db,
  { caseRef, actor, object, at }: ViewQuestion,
): Promise<Outcome<TellDecision, string>> => {
  const privilege = (await privilegeOf(db, caseRef, [object.itemRef])).get(object.itemRef);
  const scope = compileScope(await loadGrounds(db, caseRef), caseRef, at);
  const decision = scope.decide({ step: 'view', object: { ...object, ...(privilege && { privilege }) }, actor });
  if (decision.answer !== 'allow')
    return refused(decision.rule, `Viewing is not allowed: ${decision.rule} (docs/authority.md).`);
  const about = { caseRef, step: 'view', at, actor: actor.id as PersonId } as const;
  const batches = await batchDecisions(about, [{ ref: object.itemRef, group: 'looks', decision }]);
  return done(async (tx) => {
    for (const batch of batches) await recordDecision(tx, batch, { by: actor.id, at });
    return [];
  });
};
