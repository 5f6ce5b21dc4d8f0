import { done } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import type { Approval, ApprovalRules, JsonPerson } from '@tutela/policy/approval';
import { malformed, parseCanonicalFile } from './canonical-file.js';
import { instant, listOf, object, oneOf, type Shape, sha256Hex, text } from './shape.js';

/** `data/people.json`: who approved, with what keys, under which rules. */
export interface PackagePeople {
  readonly v: 1;
  readonly rules: ApprovalRules;
  readonly people: readonly JsonPerson[];
}

const key = { id: text, publicKey: text, addedAt: instant, addedBy: text };
const credential = object(
  { ...key, method: oneOf('webauthn', 'ed25519'), algorithm: oneOf('ES256', 'RS256', 'EdDSA') },
  { revokedAt: instant },
);
const person = object(
  { v: oneOf(1), id: text, addedAt: instant, addedBy: text, credentials: listOf(credential) },
  { revokedAt: instant },
);
const atLeastTwo: Shape = (value, at) =>
  Number.isSafeInteger(value) && (value as number) >= 2 ? undefined : `${at}: not at least two`;
const rules = object({ people: atLeastTwo, origins: listOf(text), rpId: text });
const people = object({ v: oneOf(1), rules, people: listOf(person) });

export const parsePeople = (bytes: Uint8Array): Verdict<PackagePeople, 'malformed'> => {
  const parsed = parseCanonicalFile<PackagePeople>(bytes, people);
  if (parsed.kind !== 'done') return parsed;
  const ids = parsed.value.people.map(({ id }) => id);
  const twice = new Set(ids).size < ids.length;
  return twice ? malformed('$.people: somebody stands there twice') : done(parsed.value);
};

/** Of an assertion: a kilobyte or two. */
const longText = (value: unknown, at: string): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 16_384 ? undefined : `${at}: not text`;
const given = { v: oneOf(1), request: sha256Hex, person: text, at: instant, credentialId: text, signature: text };
const ed25519Approval = object({ ...given, method: oneOf('ed25519') });
const webauthnApproval = object({
  ...given,
  method: oneOf('webauthn'),
  clientDataJSON: longText,
  authenticatorData: longText,
});

/** `data/approvals/NNN.json` */
export const parseApproval = (bytes: Uint8Array): Verdict<Approval, 'malformed'> =>
  parseCanonicalFile<Approval>(bytes, (value, at) => {
    const { method } = Object(value) as { readonly method?: unknown };
    return method === 'webauthn' ? webauthnApproval(value, at) : ed25519Approval(value, at);
  });
