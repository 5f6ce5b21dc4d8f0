import { done, type Outcome, refused } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import { type By, recordAct, wrote } from './record-act.js';
import { policyTables, type Tx } from './tables.js';

type RevokeFault = 'person-unknown' | 'credential-unknown';

/** From now on nothing that a person signs counts. Nobody has to approve it: it takes away and gives nothing. */
export const revokePerson = async (
  tx: Tx,
  person: PersonId,
  { by, at, reason }: By & { readonly reason: string },
): Promise<Outcome<PersonId, RevokeFault>> => {
  const { numUpdatedRows } = await policyTables(tx)
    .updateTable('policy.person')
    .set({ revoked_at: at, revoked_by: by })
    .where('person_id', '=', person)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return refused('person-unknown', `${person} is not here`);
  const effects = [wrote('person', { person_id: person })];
  await recordAct(tx, { type: 'policy.person-revoked', by, at, subjects: [person], payload: { reason }, effects });
  return done(person);
};

/** The same for one key of a person. */
export const revokeCredential = async (
  tx: Tx,
  person: PersonId,
  credentialId: string,
  { by, at, reason }: By & { readonly reason: string },
): Promise<Outcome<PersonId, RevokeFault>> => {
  const row = await policyTables(tx)
    .updateTable('policy.credential')
    .set({ revoked_at: at, revoked_by: by })
    .where('credential_id', '=', credentialId)
    .where('person_id', '=', person)
    .where('revoked_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst();
  if (row === undefined) return refused('credential-unknown', `${person} has no such key`);
  const effects = [wrote('credential', { credential_id: credentialId })];
  const subjects = [row.person_id];
  await recordAct(tx, { type: 'policy.credential-revoked', by, at, subjects, payload: { reason }, effects });
  return done(row.person_id);
};
