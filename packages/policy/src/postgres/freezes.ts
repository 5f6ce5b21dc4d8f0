import { done, type Outcome, refused } from '@tutela/core';
import type { AuthorityId } from '../authority/authority.js';
import type { Freeze, FreezeExtent } from '../authority/freeze.js';
import { activeAuthorities, loadAuthorities, loadFreezes } from './grounds.js';
import { type By, recordAct, wrote } from './record-act.js';
import { policyTables, type Tx } from './tables.js';

export interface NewFreeze extends By {
  readonly caseRef: string;
  readonly extent: FreezeExtent;
  /** The authority under which the find was made. */
  readonly foundUnder?: AuthorityId;
  readonly reason: string;
}

/** Stops everything but keeping and hashing, at once: what a find outside of the authority asks for. */
export const freeze = async (tx: Tx, { caseRef, extent, foundUnder, reason, by, at }: NewFreeze): Promise<string> => {
  const id: string = crypto.randomUUID();
  await policyTables(tx)
    .insertInto('policy.freeze')
    .values({
      freeze_id: id,
      case_ref: caseRef,
      extent: extent.kind,
      source_id: extent.kind === 'source' ? extent.sourceId : null,
      item_ref: extent.kind === 'item' ? extent.itemRef : null,
      found_under: foundUnder ?? null,
      frozen_at: at,
      frozen_by: by,
      reason,
    })
    .execute();
  const effects = [wrote('freeze', { freeze_id: id })];
  await recordAct(tx, {
    type: 'policy.frozen',
    by,
    at,
    subjects: [id],
    caseRef,
    payload: { extent: extent.kind, reason },
    effects,
  });
  return id;
};

export type LiftFault = 'unknown-freeze' | 'lifted-already' | 'authority-not-in-force' | 'authority-not-new';

/**
 * Lifts a freeze for an authority that was issued and entered after it; nothing else lifts one. From then on that
 * authority covers what was frozen, and no earlier one does.
 */
export const liftFreeze = async (
  tx: Tx,
  {
    caseRef,
    id,
    authority,
    by,
    at,
  }: By & { readonly caseRef: string; readonly id: string; readonly authority: AuthorityId },
): Promise<Outcome<Freeze, LiftFault>> => {
  const frozen = (await loadFreezes(tx, caseRef)).find((one) => one.id === id);
  if (frozen === undefined) return refused('unknown-freeze', `there is no freeze ${id} in the case`);
  if (frozen.lift !== undefined) return refused('lifted-already', 'the freeze is lifted already');
  const found = (await activeAuthorities(tx, caseRef, at)).find((one) => one.id === authority);
  const first = (await loadAuthorities(tx, caseRef)).find((one) => one.authority.id === authority)?.authority;
  if (found === undefined || first === undefined)
    return refused('authority-not-in-force', `${authority} is not in force in the case`);
  // Its first version: a later one of an authority from before may have been written for anything.
  if (found.issuedAt <= frozen.at || first.enteredAt <= frozen.at)
    return refused('authority-not-new', 'only an authority made after the freeze lifts it');
  await policyTables(tx)
    .insertInto('policy.freeze_lift')
    .values({ freeze_id: id, case_ref: caseRef, authority_id: authority, lifted_at: at, lifted_by: by })
    .execute();
  const effects = [wrote('freeze_lift', { freeze_id: id })];
  await recordAct(tx, {
    type: 'policy.freeze-lifted',
    by,
    at,
    subjects: [id, authority],
    caseRef,
    payload: {},
    effects,
  });
  return done({ ...frozen, lift: { authority, at } });
};
