import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { askForRole, endCaseRole } from '@tutela/investigator-desk';
import type { PersonId, Role } from '@tutela/policy';
import { type HeldRole, listRoles } from '@tutela/policy/postgres';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import { accepted } from '../output/accepted.js';
import { printRows } from '../output/rows.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export type RoleListFlags = DataFlags & OutputFlags;
export type RoleFlags = DataFlags & { readonly json: boolean; readonly person?: string; readonly reason: string };

/** Who acts, and about whom: oneself where nobody is named. */
const actingOn = ({ env }: TutelaContext, { person, reason }: RoleFlags) => {
  const by = actorOf(env);
  return { person: (person ?? by) as PersonId, act: { by, at: systemClock.now(), reason } };
};

export async function roleList(this: TutelaContext, flags: RoleListFlags, caseRef: string): Promise<void> {
  const roles = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => listRoles(db, caseRef));
  const naming = { name: 'roles', empty: `Nobody has a role in ${caseRef}: tutela case ask-role.` };
  printRows<HeldRole>(this, flags, naming, roles, [
    { heading: 'person', of: ({ person }) => person },
    { heading: 'role', of: ({ role }) => role },
    { heading: 'since', of: ({ grantedAt }) => grantedAt.slice(0, 16) },
    { heading: 'given by', of: ({ grantedBy }) => grantedBy },
    { heading: 'ended', of: ({ endedAt }) => endedAt?.slice(0, 16) ?? '—' },
  ]);
}

/** Prints the digest that somebody else approves. */
export async function roleAsk(this: TutelaContext, flags: RoleFlags, caseRef: string, role: Role): Promise<void> {
  const { person, act } = actingOn(this, flags);
  const { digest, needed } = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => askForRole(tx, { caseRef, person, role }, act))),
  );
  if (flags.json) printJson(this, { v: 1, digest, needed });
  else this.process.stdout.write(`${digest}\n`);
}

export async function roleEnd(this: TutelaContext, flags: RoleFlags, caseRef: string, role: Role): Promise<void> {
  const { person, act } = actingOn(this, flags);
  await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => endCaseRole(tx, { caseRef, person, role }, act))),
  );
  if (flags.json) printJson(this, { v: 1, person, role, endedAt: act.at });
}
