import { done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import type { Actor, Role } from '../authority/decision.js';
import { isHere } from './people.js';
import { type By, recordAct, wrote } from './record-act.js';
import { openRequest, type RequestState } from './requests.js';
import type { Settled, Settling } from './settle.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

export interface CaseRole {
  readonly caseRef: string;
  readonly person: PersonId;
  readonly role: Role;
}

/** Asks that somebody have a role in a case. The person it is for may not approve it. */
export const requestRole = async (
  tx: Tx,
  role: CaseRole,
  asking: { readonly requestedBy: PersonId; readonly reason: string; readonly at: UtcInstant },
): Promise<Outcome<RequestState, 'person-unknown' | 'too-long' | 'walls' | 'role-held-already'>> => {
  if ((await isHere(tx, role.person)) === 'not-here') return refused('person-unknown', `${role.person} is nobody here`);
  if ((await actorIn(tx, role.caseRef, role.person)).roles.includes(role.role))
    return refused('role-held-already', `${role.person} is ${role.role} of the case already`);
  if ((await wallsOff(tx, role)) === 'walled-off')
    return refused('walls', 'the filter team and oversight have no other role in the same case');
  const { caseRef, person } = role;
  return openRequest(tx, { action: 'role.grant', caseRef, about: [person], content: { ...role }, ...asking });
};

/** The filter team has seen what the case team must not; oversight does not oversee itself. */
const wallsOff = async (db: AnyDb, { caseRef, person, role }: CaseRole): Promise<'walled-off' | 'free'> => {
  const { roles } = await actorIn(db, caseRef, person);
  const alone: ReadonlySet<Role> = new Set(['filter', 'oversight']);
  const others = (await rolesEver(db, caseRef, person)).filter((own) => own !== role);
  // Whoever was of the filter team remembers what they saw.
  if (others.includes('filter')) return 'walled-off';
  const now = roles.filter((own) => own !== role);
  return now.some((own) => alone.has(own) || alone.has(role)) ? 'walled-off' : 'free';
};

const rolesEver = async (db: AnyDb, caseRef: string, person: PersonId): Promise<readonly Role[]> => {
  const rows = await policyTables(db)
    .selectFrom('policy.case_role')
    .select('role')
    .where('case_ref', '=', caseRef)
    .where('person_id', '=', person)
    .execute();
  return rows.map(({ role }) => role);
};

/** What an approval of `role.grant` does. */
export const insertRole = async (tx: Tx, granted: CaseRole, { by, at, people }: Settling): Promise<Settled> => {
  const { caseRef, person, role } = granted;
  if ((await wallsOff(tx, granted)) === 'walled-off') return 'overtaken';
  if ((await actorIn(tx, caseRef, person)).roles.includes(role)) return 'overtaken';
  const key = { case_ref: caseRef, person_id: person, role, granted_at: at };
  await policyTables(tx)
    .insertInto('policy.case_role')
    .values({ ...key, granted_by: by, ended_at: null, ended_by: null })
    .execute();
  const payload = { role, approvedBy: people };
  await recordAct(tx, {
    type: 'policy.role-granted',
    by,
    at,
    subjects: [person],
    caseRef,
    payload,
    effects: [wrote('case_role', key)],
  });
  return 'settled';
};

/** Takes a role away, at once. @param ending why: goes on record */
export const endRole = async (
  tx: Tx,
  { caseRef, person, role }: CaseRole,
  { by, at, reason }: By & { readonly reason: string },
): Promise<Outcome<PersonId, 'no-such-role'>> => {
  const row = await policyTables(tx)
    .updateTable('policy.case_role')
    .set({ ended_at: at, ended_by: by })
    .where('case_ref', '=', caseRef)
    .where('person_id', '=', person)
    .where('role', '=', role)
    .where('ended_at', 'is', null)
    .returning('granted_at')
    .executeTakeFirst();
  if (row === undefined) return refused('no-such-role', `${person} is no ${role} of the case`);
  const key = { case_ref: caseRef, person_id: person, role, granted_at: row.granted_at };
  await recordAct(tx, {
    type: 'policy.role-ended',
    by,
    at,
    subjects: [person],
    caseRef,
    payload: { role, reason },
    effects: [wrote('case_role', key)],
  });
  return done(person);
};

/** Who had which role in a case, and by whose word; those who have it still first, then the newest. */
export const listRoles = (db: AnyDb, caseRef: string): Promise<readonly HeldRole[]> =>
  policyTables(db)
    .selectFrom('policy.case_role')
    .select([
      'person_id as person',
      'role',
      'granted_at as grantedAt',
      'granted_by as grantedBy',
      'ended_at as endedAt',
      'ended_by as endedBy',
    ])
    .where('case_ref', '=', caseRef)
    .orderBy('ended_at', 'desc')
    .orderBy('granted_at', 'desc')
    .orderBy('person_id')
    .execute();

export interface HeldRole extends Omit<CaseRole, 'caseRef'> {
  readonly grantedAt: UtcInstant;
  readonly grantedBy: string;
  readonly endedAt: UtcInstant | null;
  readonly endedBy: string | null;
}

/** Somebody as decisions see them: with the roles they have in the case now, none once they have left. */
export const actorIn = async (db: AnyDb, caseRef: string, person: PersonId): Promise<Actor> => {
  const rows = await policyTables(db)
    .selectFrom('policy.case_role as role')
    .innerJoin('policy.person as person', 'person.person_id', 'role.person_id')
    .select('role.role')
    .where('role.case_ref', '=', caseRef)
    .where('role.person_id', '=', person)
    .where('role.ended_at', 'is', null)
    .where('person.revoked_at', 'is', null)
    .orderBy('role.role')
    .execute();
  return { id: person, roles: rows.map(({ role }) => role) };
};
