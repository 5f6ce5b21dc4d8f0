import { systemClock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { actorIn, readSite, recordApproval, requestRole } from '@tutela/policy/postgres';
import { granted } from '../policy/refusals.js';
import { signedApproval } from '../policy/signed-approval.js';
import type { DemoPeople } from './demo-people.js';

/** The first officer leads the case, by the word of the second: who has no role in a case sees none of its files. */
export const demoLead = async (db: Db, caseRef: string, { enters, verifies }: DemoPeople): Promise<void> => {
  const { person } = enters;
  if ((await actorIn(db, caseRef, person)).roles.includes('lead')) return;
  const asking = { requestedBy: person, reason: 'demonstration', at: systemClock.now() };
  const asked = granted(await inTransaction(db, (tx) => requestRole(tx, { caseRef, person, role: 'lead' }, asking)));
  const signed = await signedApproval(verifies, asked.digest);
  granted(await inTransaction(db, async (tx) => recordApproval(tx, await readSite(tx), signed)));
};
