import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { fromBase64url } from '../approval/base64url.js';
import type { RequestDigest } from '../approval/request.js';
import type { ApprovalSite } from '../approval/rules.js';
import { type RecordFault, recordApproval } from './record-approval.js';
import { findRequest, type RequestState } from './requests.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

/** Options whose challenge is the request's digest: what the authenticator signs is the approval of it and nothing else. */
export const beginApproval = async (
  db: AnyDb,
  site: ApprovalSite,
  digest: RequestDigest,
): Promise<Outcome<PublicKeyCredentialRequestOptionsJSON, 'unknown-request' | 'not-open' | 'nobody-to-approve'>> => {
  const found = await findRequest(db, digest);
  if (found === undefined) return refused('unknown-request', 'nobody asked for this');
  if (found.state !== 'open') return refused('not-open', `the request is ${found.state}`);
  const others = [found.request.requestedBy, ...(found.request.about ?? [])];
  const keys = await policyTables(db)
    .selectFrom('policy.credential as credential')
    .innerJoin('policy.person as person', 'person.person_id', 'credential.person_id')
    .select('credential_id')
    .where('method', '=', 'webauthn')
    .where('credential.revoked_at', 'is', null)
    .where('person.revoked_at', 'is', null)
    .where('person.person_id', 'not in', others)
    .execute();
  // An empty list would offer every passkey of the site.
  if (keys.length === 0) return refused('nobody-to-approve', 'nobody who may approve this has a passkey');
  const options = await generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: Uint8Array.from(Buffer.from(digest, 'hex')),
    allowCredentials: keys.map(({ credential_id }) => ({ id: credential_id })),
    userVerification: 'required',
  });
  return done(options);
};

/**
 * Takes an assertion as an approval. Two implementations have to agree on it: the ceremony's, which also compares the
 * counter, and the one that the offline verifier has.
 */
export const finishApproval = async (
  tx: Tx,
  site: ApprovalSite,
  {
    digest,
    response,
    at,
  }: { readonly digest: RequestDigest; readonly response: AuthenticationResponseJSON; readonly at: UtcInstant },
): Promise<Outcome<RequestState, RecordFault | 'copied-passkey'>> => {
  const row = await policyTables(tx)
    .selectFrom('policy.credential')
    .select(['credential_id', 'person_id', 'cose_key', 'sign_count'])
    .where('credential_id', '=', response.id)
    .forUpdate()
    .executeTakeFirst();
  const coseKey = fromBase64url(row?.cose_key ?? '=');
  if (row === undefined || coseKey === undefined) return refused('credential-unknown', 'there is no such passkey');
  if (counterOf(response) <= row.sign_count && (counterOf(response) > 0 || row.sign_count > 0))
    return refused('copied-passkey', 'the counter went back: there are two of this passkey');
  const ceremony = await verifyAuthenticationResponse({
    response,
    expectedChallenge: Buffer.from(digest, 'hex').toString('base64url'),
    expectedOrigin: [...site.origins],
    expectedRPID: site.rpId,
    credential: { id: row.credential_id, publicKey: coseKey, counter: row.sign_count },
    requireUserVerification: true,
  }).catch((error: Error) => error);
  if (ceremony instanceof Error) return refused('signature-invalid', ceremony.message);
  if (!ceremony.verified) return refused('signature-invalid', 'the assertion is not valid');
  await policyTables(tx)
    .updateTable('policy.credential')
    .set({ sign_count: ceremony.authenticationInfo.newCounter })
    .where('credential_id', '=', row.credential_id)
    .execute();
  const { clientDataJSON, authenticatorData, signature } = response.response;
  return recordApproval(tx, site, {
    v: 1,
    method: 'webauthn',
    request: digest,
    person: row.person_id,
    at,
    credentialId: row.credential_id,
    clientDataJSON,
    authenticatorData,
    signature,
  });
};

/** Level 3 §6.1: bytes 33 to 36 of the authenticator data; 0 in an authenticator that does not count. */
const counterOf = ({ response }: AuthenticationResponseJSON): number => {
  const data = fromBase64url(response.authenticatorData);
  return data === undefined || data.length < 37 ? 0 : new DataView(data.buffer).getUint32(33);
};
