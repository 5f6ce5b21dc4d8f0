import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  type VerifiedRegistrationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { type Outcome, refused, toInstant, type UtcInstant } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import type { ApprovalSite } from '../approval/rules.js';
import { requestCredential } from './enrolment.js';
import { isHere } from './people.js';
import type { RequestState } from './requests.js';
import { readCoseKey, takenAlgorithms } from './spki.js';
import { policyTables, type Tx } from './tables.js';

export type RegistrationFault =
  | 'person-unknown'
  | 'challenge-unknown'
  | 'response-refused'
  | 'unsupported-algorithm'
  | 'known-already'
  | 'too-long';

const minutes = 5;

/** Begins the registration of a passkey for a person (WebAuthn Level 3 §7.1). */
export const beginRegistration = async (
  tx: Tx,
  site: ApprovalSite,
  { person, at }: { readonly person: PersonId; readonly at: UtcInstant },
): Promise<Outcome<PublicKeyCredentialCreationOptionsJSON, 'person-unknown'>> => {
  if ((await isHere(tx, person)) === 'not-here') return refused('person-unknown', `${person} is nobody here`);
  const own = await policyTables(tx)
    .selectFrom('policy.credential')
    .select('credential_id')
    .where('person_id', '=', person)
    .where('method', '=', 'webauthn')
    .execute();
  const options = await generateRegistrationOptions({
    rpName: 'Tutela',
    rpID: site.rpId,
    userName: person,
    userID: Uint8Array.from(Buffer.from(person)),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: own.map(({ credential_id }) => ({ id: credential_id })),
    supportedAlgorithmIDs: takenAlgorithms,
  });
  await policyTables(tx).deleteFrom('policy.registration').where('expires_at', '<=', at).execute();
  const expires = toInstant(new Date(Date.parse(at) + minutes * 60_000));
  await policyTables(tx)
    .insertInto('policy.registration')
    .values({ challenge: options.challenge, person_id: person, expires_at: expires })
    .execute();
  return { kind: 'done', value: options };
};

/**
 * Takes the authenticator's answer, once, and asks for the new key's approval by somebody else: whoever sits at a machine
 * cannot give another person a key.
 */
export const finishRegistration = async (
  tx: Tx,
  site: ApprovalSite,
  { response, at }: { readonly response: RegistrationResponseJSON; readonly at: UtcInstant },
): Promise<Outcome<RequestState, RegistrationFault>> => {
  let person: PersonId | undefined;
  let verified: VerifiedRegistrationResponse;
  try {
    verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: async (challenge) => {
        person = await takeChallenge(tx, challenge, at);
        return person !== undefined;
      },
      expectedOrigin: [...site.origins],
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: takenAlgorithms,
    });
  } catch (error) {
    return refused('response-refused', (error as Error).message);
  }
  if (person === undefined) return refused('challenge-unknown', 'the registration was not begun here, or too long ago');
  if (!verified.verified) return refused('response-refused', 'the attestation is not valid');
  const { id, publicKey: coseKey } = verified.registrationInfo.credential;
  const key = readCoseKey(coseKey);
  if (key === undefined)
    return refused('unsupported-algorithm', 'the authenticator uses an algorithm that is not taken');
  const cose = Buffer.from(coseKey).toString('base64url');
  const credential = { id, personId: person, method: 'webauthn', ...key, coseKey: cose } as const;
  return requestCredential(tx, credential, { reason: `a passkey for ${person}`, at });
};

const takeChallenge = async (tx: Tx, challenge: string, at: UtcInstant): Promise<PersonId | undefined> => {
  const row = await policyTables(tx)
    .deleteFrom('policy.registration')
    .where('challenge', '=', challenge)
    .where('expires_at', '>', at)
    .returning('person_id')
    .executeTakeFirst();
  return row?.person_id;
};
