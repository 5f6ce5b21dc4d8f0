import { systemClock } from '@tutela/core';
import { approvalText, type Ed25519Approval, type Refusal, type RequestDigest, refusalText } from '@tutela/policy';
import { keyFileId } from '@tutela/policy/postgres';
import type { PersonalKey } from './key-file.js';

const signed = async (key: PersonalKey, request: RequestDigest, text: Uint8Array): Promise<Ed25519Approval> => ({
  v: 1,
  method: 'ed25519',
  request,
  person: key.person,
  at: systemClock.now(),
  credentialId: await keyFileId(key.publicKey),
  signature: key.sign(text),
});

/** The yes of whoever has the key, to one request. */
export const signedApproval = (key: PersonalKey, request: RequestDigest): Promise<Ed25519Approval> =>
  signed(key, request, approvalText(request, key.person));

/** Their no, and why. */
export const signedRefusal = async (key: PersonalKey, request: RequestDigest, reason: string): Promise<Refusal> => ({
  ...(await signed(key, request, refusalText(request, key.person, reason))),
  reason,
});
