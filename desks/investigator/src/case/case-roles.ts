import { type Outcome, refused } from '@tutela/core';
import type { Tx } from '@tutela/db';
import type { PersonId } from '@tutela/policy';
import { actorIn, type CaseRole, endRole, type RequestState, requestRole } from '@tutela/policy/postgres';
import type { By } from './cases.js';
import { findCase } from './queries.js';

export type RoleFault = 'unknown-case' | 'person-unknown' | 'too-long' | 'walls' | 'role-held-already';

/**
 * Asks that somebody have a role in a case: oneself as a rule. It counts once somebody else, whom it is not about, has
 * approved it. Of a closed case too: what is in it is still looked at.
 */
export const askForRole = async (
  tx: Tx,
  role: CaseRole,
  { by, at, reason }: By & { readonly reason: string },
): Promise<Outcome<RequestState, RoleFault>> => {
  if ((await findCase(tx, role.caseRef)) === undefined)
    return refused('unknown-case', `there is no case ${role.caseRef}`);
  return requestRole(tx, role, { requestedBy: by as PersonId, reason, at });
};

/** Gives a role up, or takes it from somebody: only whoever leads the case does that. At once, and on record. */
export const endCaseRole = async (
  tx: Tx,
  role: CaseRole,
  ending: By & { readonly reason: string },
): Promise<Outcome<PersonId, 'unknown-case' | 'role' | 'no-such-role'>> => {
  const { caseRef, person } = role;
  if ((await findCase(tx, caseRef)) === undefined) return refused('unknown-case', `there is no case ${caseRef}`);
  const { roles } = await actorIn(tx, caseRef, ending.by as PersonId);
  if (ending.by !== person && !roles.includes('lead'))
    return refused('role', `only a lead of ${caseRef} takes a role from somebody else`);
  return endRole(tx, role, ending);
};
