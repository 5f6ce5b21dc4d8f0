import type { Branded, UtcInstant } from '@tutela/core';

/** Pseudonym under which a person acts and stands in the ledger, such as `staff-7`: never a name. */
export type PersonId = Branded<string, 'policy.PersonId'>;

/** 1 to 64 of `a-z 0-9 . _ -`, beginning with a letter or digit; `undefined` otherwise. */
export const parsePersonId = (text: string): PersonId | undefined =>
  /^[a-z0-9][a-z0-9._-]{0,63}$/.test(text) ? (text as PersonId) : undefined;

/** What a public key signs with. ES256 and RS256 are RFC 7518 §3.1, EdDSA is Ed25519 (RFC 8032). */
export type SignatureAlgorithm = 'ES256' | 'RS256' | 'EdDSA';

interface CredentialFacts {
  /** Base64url; the authenticator's name of a passkey, SHA-256 of the public key for a key file. */
  readonly id: string;
  /** SubjectPublicKeyInfo (RFC 5280 §4.1), base64url of the DER. */
  readonly publicKey: string;
  readonly addedAt: UtcInstant;
  readonly addedBy: string;
  /** From then on nothing signed with it counts; what was approved before stands. */
  readonly revokedAt?: UtcInstant;
}

/** A passkey. */
export interface WebauthnCredential extends CredentialFacts {
  readonly method: 'webauthn';
  readonly algorithm: SignatureAlgorithm;
}

/** A personal key file, for people who work on the command line. */
export interface Ed25519Credential extends CredentialFacts {
  readonly method: 'ed25519';
  readonly algorithm: 'EdDSA';
}

export type JsonCredential = WebauthnCredential | Ed25519Credential;

/** A person who may approve, with the keys they approve with, as a package carries them. */
export interface JsonPerson {
  readonly v: 1;
  readonly id: PersonId;
  readonly addedAt: UtcInstant;
  readonly addedBy: string;
  readonly revokedAt?: UtcInstant;
  readonly credentials: readonly JsonCredential[];
}
