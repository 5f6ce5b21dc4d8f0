import type { UtcInstant } from '@tutela/core';
import type { PersonId } from './person.js';
import type { RequestDigest } from './request.js';

interface ApprovalFacts {
  readonly v: 1;
  readonly request: RequestDigest;
  readonly person: PersonId;
  /** When it was received. Not under the signature: the ledger's event says it. */
  readonly at: UtcInstant;
  readonly credentialId: string;
  /** Base64url. */
  readonly signature: string;
}

/** An assertion (WebAuthn Level 3 §5.8.1, §6.3.3) whose challenge is the request's digest; kept verbatim, base64url. */
export interface WebauthnApproval extends ApprovalFacts {
  readonly method: 'webauthn';
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
}

/** A signature over `approvalText`. */
export interface Ed25519Approval extends ApprovalFacts {
  readonly method: 'ed25519';
}

/** A person's no, signed over `refusalText`. */
export interface Refusal extends Ed25519Approval {
  /** Why, in words of whoever refuses. */
  readonly reason: string;
}

/** One person's word, signed with a key of theirs. */
export type Approval = WebauthnApproval | Ed25519Approval;

/** What a personal key signs: it can be mistaken for nothing else that the key ever signs. */
export const approvalText = (request: RequestDigest, person: PersonId): Uint8Array =>
  signedText('approves', request, person);

/** What a personal key signs to refuse a request, and why. */
export const refusalText = (request: RequestDigest, person: PersonId, reason: string): Uint8Array =>
  signedText('refuses', request, person, `${reason}\n`);

const signedText = (word: 'approves' | 'refuses', request: RequestDigest, person: PersonId, reason = ''): Uint8Array =>
  new TextEncoder().encode(`tutela.policy/approval/v1\n${person}\n${word}\nsha-256 ${request}\n${reason}`);
