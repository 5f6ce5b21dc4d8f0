import { type JsonObject, type Outcome, refused } from '@tutela/core';
import { isKnown, type NewCredential, type NewPerson, personFault } from './people.js';
import { type NewRequest, openRequest, type RequestState } from './requests.js';
import type { Tx } from './tables.js';

type Asking = Pick<NewRequest, 'requestedBy' | 'reason' | 'at'>;

/** Asks that somebody be enrolled; somebody who is enrolled and did not ask approves it. */
export const requestPerson = async (
  tx: Tx,
  { id, name, publicKey }: NewPerson,
  asking: Asking,
): Promise<
  Outcome<RequestState, 'person-unknown' | 'too-long' | 'known-already' | 'malformed-key' | 'malformed-name'>
> => {
  const fault = personFault({ id, name, publicKey });
  if (fault !== undefined) return refused(fault, 'a person needs a name and an Ed25519 key');
  if ((await isKnown(tx, { id, publicKey })) === 'known')
    return refused('known-already', 'this person, or this key, is known already');
  return openRequest(tx, { action: 'person.enrol', content: { id, name, publicKey }, ...asking });
};

/** Asks that a person may use another key. The person asks for it, so somebody else approves it. */
export const requestCredential = async (
  tx: Tx,
  credential: NewCredential,
  asking: Omit<Asking, 'requestedBy'>,
): Promise<Outcome<RequestState, 'person-unknown' | 'too-long' | 'known-already'>> => {
  if ((await isKnown(tx, credential)) === 'known') return refused('known-already', 'this key is known already');
  const content = { ...credential } as unknown as JsonObject;
  return openRequest(tx, { action: 'credential.add', content, requestedBy: credential.personId, ...asking });
};
