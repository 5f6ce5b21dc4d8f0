import { createHash } from 'node:crypto';
import { done, type Outcome, refused } from '@tutela/core';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { KeyId } from '../store/object-store.js';

/**
 * That people approved a request, as packages/policy verified it: their signatures are over its digest, they are
 * different, and the requester is none of them. The vault looks itself at what they approved.
 */
export interface ShredAuthorisation {
  /** RFC 8785 text of the request. */
  readonly request: string;
  /** SHA-256 of that text, hexadecimal: what the approvals are bound to. */
  readonly requestDigest: string;
  /** Pseudonyms of those whose approvals were verified. */
  readonly approvedBy: readonly string[];
}

/** Brings the word of those who approved, as packages/policy verified it just then. */
export type Authorise = (
  tx: Transaction<unknown>,
  asked: { readonly caseRef: string; readonly keyId: KeyId },
) => Promise<Outcome<ShredAuthorisation, 'not-authorised'>>;

const schema = z.looseObject({
  action: z.literal('case.shred'),
  caseRef: z.string(),
  requestedBy: z.string(),
  content: z.looseObject({ keyId: z.string() }),
});

/** Whether this is a word of two people on shredding exactly this key of exactly this case. */
export const checkAuthorisation = (
  { request, requestDigest, approvedBy }: ShredAuthorisation,
  asked: { readonly caseRef: string; readonly keyId: string },
): Outcome<undefined, 'not-authorised'> => {
  const no = (why: string) => refused('not-authorised', why);
  if (createHash('sha256').update(request).digest('hex') !== requestDigest) {
    return no('the approvals are bound to another request');
  }
  const read = schema.safeParse(parse(request));
  if (!read.success) return no('what was approved is not a request to shred a case');
  const { caseRef, requestedBy, content } = read.data;
  if (caseRef !== asked.caseRef) return no(`what was approved is the shredding of ${caseRef}`);
  if (content.keyId !== asked.keyId) return no('what was approved is the destruction of another key');
  if (new Set(approvedBy.filter((person) => person !== requestedBy)).size < 2) {
    return no('two people besides the requester have to approve');
  }
  return done(undefined);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
