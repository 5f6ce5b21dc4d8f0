import { systemClock } from '@tutela/core';
import { approvalText, type Ed25519Approval, type RequestDigest, refusalText } from '@tutela/policy';
import { keyFileId } from '@tutela/policy/postgres';
import type { PersonalKey } from './key-file.js';

/** The word of whoever has the key, on one request. */
export const signedApproval = async (
  key: PersonalKey,
  request: RequestDigest,
  word: 'approve' | 'refuse',
): Promise<Ed25519Approval> => ({
  v: 1,
  method: 'ed25519',
  request,
  person: key.person,
  at: systemClock.now(),
  credentialId: await keyFileId(key.publicKey),
  signature: key.sign(word === 'approve' ? approvalText(request, key.person) : refusalText(request, key.person)),
});
