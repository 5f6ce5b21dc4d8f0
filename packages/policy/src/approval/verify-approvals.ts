import { done, type Outcome, refused } from '@tutela/core';
import { type Approval, approvalText, type Ed25519Approval } from './approval.js';
import { fromBase64url } from './base64url.js';
import type { Ed25519Credential, JsonCredential, JsonPerson, PersonId } from './person.js';
import { type ApprovalRequest, type RequestDigest, requestDigest, requestFault } from './request.js';
import type { ApprovalRules } from './rules.js';
import { verifySignature } from './verify-signature.js';
import { type AssertionFault, assertionFault } from './verify-webauthn.js';

/** Why approvals do not count. */
export type ApprovalFault =
  | 'malformed-request'
  | 'requester-approves'
  | 'subject-approves'
  | 'person-twice'
  | 'key-twice'
  | 'person-unknown'
  | 'person-not-then'
  | 'credential-unknown'
  | 'credential-not-then'
  | 'before-request'
  | 'after-expiry'
  | 'too-few'
  | AssertionFault;

export interface Approved {
  readonly digest: RequestDigest;
  /** Who approved, in the order of their approvals. */
  readonly people: readonly PersonId[];
}

/**
 * Whether a request was approved as the rules ask. One approval that does not count refuses the whole: nobody has to
 * ask which of them were meant.
 *
 * Needs WebCrypto and nothing else: ES256 and RS256 everywhere, EdDSA from Node 20, Chrome 137, Firefox 129, Safari 17.
 */
export const verifyApprovals = async (
  request: ApprovalRequest,
  approvals: readonly Approval[],
  people: readonly JsonPerson[],
  rules: ApprovalRules,
): Promise<Outcome<Approved, ApprovalFault>> => {
  const malformed = requestFault(request);
  if (malformed !== undefined) return refused('malformed-request', malformed);
  const digest = await requestDigest(request);
  const seen: PersonId[] = [];
  const keys = new Set<string>();
  for (const approval of approvals) {
    if (seen.includes(approval.person)) return refused('person-twice', `${approval.person} approved twice`);
    const fault = await approvalFault(request, digest, approval, people, rules);
    if (fault !== undefined) return refused(fault, `the approval of ${approval.person} does not count: ${fault}`);
    // A list of people from elsewhere may give one key two names.
    const { publicKey } = credentialOf(approval, people) as JsonCredential;
    if (keys.has(publicKey))
      return refused('key-twice', `the key of ${approval.person} approved under another name too`);
    keys.add(publicKey);
    seen.push(approval.person);
  }
  if (seen.length < rules.people) return refused('too-few', `${seen.length} approved of ${rules.people} people needed`);
  return done({ digest, people: seen });
};

/** What is wrong with one approval of a request; `undefined` when it counts. */
export const approvalFault = async (
  request: ApprovalRequest,
  digest: RequestDigest,
  approval: Approval,
  people: readonly JsonPerson[],
  rules: ApprovalRules,
): Promise<ApprovalFault | undefined> => {
  if (approval.request !== digest) return 'other-request';
  if (approval.person === request.requestedBy) return 'requester-approves';
  if (request.about?.includes(approval.person)) return 'subject-approves';
  if (approval.at < request.requestedAt) return 'before-request';
  if (approval.at >= request.expiresAt) return 'after-expiry';
  const person = people.find(({ id }) => id === approval.person);
  if (person === undefined) return 'person-unknown';
  if (!heldAt(person, approval.at)) return 'person-not-then';
  const credential = credentialOf(approval, people);
  if (credential === undefined) return 'credential-unknown';
  if (!heldAt(credential, approval.at)) return 'credential-not-then';
  return keyFault(approval, credential, rules);
};

/** The key that an approval names; whether it signed it is another question. */
export const credentialOf = (approval: Approval, people: readonly JsonPerson[]): JsonCredential | undefined =>
  people
    .find(({ id }) => id === approval.person)
    ?.credentials.find(({ id, method }) => id === approval.credentialId && method === approval.method);

const heldAt = ({ addedAt, revokedAt }: Pick<JsonPerson, 'addedAt' | 'revokedAt'>, at: string): boolean =>
  addedAt <= at && (revokedAt === undefined || at < revokedAt);

const keyFault = async (
  approval: Approval,
  credential: JsonCredential,
  rules: ApprovalRules,
): Promise<AssertionFault | undefined> => {
  if (approval.method === 'webauthn' && credential.method === 'webauthn')
    return assertionFault(approval, credential, rules);
  if (approval.method === 'ed25519' && credential.method === 'ed25519')
    return personalKeyFault(approval, credential, approvalText(approval.request, approval.person));
  return 'malformed-approval';
};

/** What is wrong with a personal key's signature over a text. */
export const personalKeyFault = async (
  { signature: signed }: Pick<Ed25519Approval, 'signature'>,
  credential: Pick<Ed25519Credential, 'publicKey'>,
  text: Uint8Array,
): Promise<AssertionFault | undefined> => {
  const signature = fromBase64url(signed);
  const publicKey = fromBase64url(credential.publicKey);
  if (signature === undefined || publicKey === undefined) return 'malformed-approval';
  const message = Uint8Array.from(text);
  const verdict = await verifySignature({ algorithm: 'EdDSA', publicKey, message, signature });
  if (verdict === 'valid') return undefined;
  return verdict === 'unsupported' ? 'unsupported-algorithm' : 'signature-invalid';
};
