import { fromHex } from '@tutela/core';
import type { WebauthnApproval } from './approval.js';
import { fromBase64url, toBase64url } from './base64url.js';
import type { WebauthnCredential } from './person.js';
import type { ApprovalSite } from './rules.js';
import { verifySignature } from './verify-signature.js';

export type AssertionFault =
  | 'malformed-approval'
  | 'other-request'
  | 'other-origin'
  | 'other-relying-party'
  | 'user-not-present'
  | 'user-not-verified'
  | 'unsupported-algorithm'
  | 'signature-invalid';

/**
 * The steps of WebAuthn Level 3 §7.2 that rest on the assertion alone. The counter is the server's affair: it is
 * compared when the approval is given, and says nothing later.
 * @returns the first thing wrong, `undefined` when nothing is
 */
export const assertionFault = async (
  approval: WebauthnApproval,
  credential: WebauthnCredential,
  rules: ApprovalSite,
): Promise<AssertionFault | undefined> => {
  const clientData = fromBase64url(approval.clientDataJSON);
  const authenticatorData = fromBase64url(approval.authenticatorData);
  const signature = fromBase64url(approval.signature);
  const publicKey = fromBase64url(credential.publicKey);
  if (!clientData || !authenticatorData || !signature || !publicKey || authenticatorData.length < 37)
    return 'malformed-approval';
  const fault =
    clientDataFault(clientData, approval.request, rules.origins) ??
    flagsFault(authenticatorData[32] ?? 0) ??
    ((await isOf(authenticatorData, rules.rpId)) ? undefined : 'other-relying-party');
  if (fault !== undefined) return fault;
  const message = new Uint8Array(authenticatorData.length + 32);
  message.set(authenticatorData);
  message.set(await sha256(clientData), authenticatorData.length);
  const verdict = await verifySignature({ algorithm: credential.algorithm, publicKey, message, signature });
  if (verdict === 'valid') return undefined;
  return verdict === 'unsupported' ? 'unsupported-algorithm' : 'signature-invalid';
};

const clientDataFault = (
  bytes: Uint8Array,
  request: string,
  origins: readonly string[],
): AssertionFault | undefined => {
  const data = parseObject(bytes);
  const challenge = fromHex(request);
  if (data?.type !== 'webauthn.get' || challenge === undefined) return 'malformed-approval';
  if (data.challenge !== toBase64url(challenge)) return 'other-request';
  // A frame in somebody else's page shows what that page wants to be approved.
  if (typeof data.origin !== 'string' || !origins.includes(data.origin) || data.crossOrigin === true)
    return 'other-origin';
  return undefined;
};

/** §6.1: bit 0 user present, bit 2 user verified. */
const flagsFault = (flags: number): AssertionFault | undefined => {
  if ((flags & 0x01) === 0) return 'user-not-present';
  return (flags & 0x04) === 0 ? 'user-not-verified' : undefined;
};

const isOf = async (authenticatorData: Uint8Array, rpId: string): Promise<boolean> => {
  const expected = await sha256(new TextEncoder().encode(rpId));
  return expected.every((byte, at) => byte === authenticatorData[at]);
};

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

const parseObject = (bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
