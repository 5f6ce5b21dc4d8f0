import {
  type Branded,
  type CanonicalJson,
  canonicalJson,
  type JsonObject,
  parseInstant,
  toHex,
  type UtcInstant,
} from '@tutela/core';
import { PolicyError } from '../policy-error.js';
import type { PersonId } from './person.js';

/** SHA-256 of a request's bytes, 64 hexadecimal digits. What people sign, and what an effect names to use it. */
export type RequestDigest = Branded<string, 'policy.RequestDigest'>;

/** What somebody asks others to approve. Whatever stands here is what was approved, and nothing else. */
export interface ApprovalRequest {
  readonly v: 1;
  readonly id: string;
  /** A dotted name: `package.export`, `case.shred`, `order.release`, `authority.verify`, `list.publish`. */
  readonly action: string;
  readonly caseRef?: string;
  readonly requestedBy: PersonId;
  /** Whom it is about, such as the subject of an audit: they may not approve it. */
  readonly about?: readonly PersonId[];
  readonly reason: string;
  readonly requestedAt: UtcInstant;
  readonly expiresAt: UtcInstant;
  readonly content: JsonObject;
}

/**
 * RFC 8785 text of a request: what the digest is taken over, and what is kept.
 * @throws PolicyError `invalid` when a member breaks its form
 */
export const requestText = (request: ApprovalRequest): CanonicalJson => {
  const fault = requestFault(request);
  if (fault !== undefined) throw new PolicyError('invalid', `no approval request: ${fault}`);
  return canonicalJson(request as unknown as JsonObject);
};

export const requestBytes = (request: ApprovalRequest): Uint8Array => new TextEncoder().encode(requestText(request));

export const requestDigest = async (request: ApprovalRequest): Promise<RequestDigest> => {
  const digest = await crypto.subtle.digest('SHA-256', requestBytes(request) as Uint8Array<ArrayBuffer>);
  return toHex(new Uint8Array(digest)) as RequestDigest;
};

const members = [
  'v',
  'id',
  'action',
  'caseRef',
  'requestedBy',
  'about',
  'reason',
  'requestedAt',
  'expiresAt',
  'content',
];

/** What is wrong with a request; `undefined` when nothing is. A member nobody knows could mean anything. */
export const requestFault = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const request = value as Readonly<Record<string, unknown>>;
  const unknownName = Object.keys(request).find((name) => !members.includes(name));
  if (unknownName !== undefined) return `unknown member ${JSON.stringify(unknownName)}`;
  if (request.v !== 1) return 'unknown version';
  if (!isText(request.id)) return 'id is missing';
  if (typeof request.action !== 'string' || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(request.action))
    return 'action is not a dotted name';
  if (request.caseRef !== undefined && !isText(request.caseRef)) return 'caseRef is not an identifier';
  if (!isText(request.requestedBy)) return 'requestedBy is missing';
  if (request.about !== undefined && !(Array.isArray(request.about) && request.about.every(isText)))
    return 'about is not a list of people';
  if (!isText(request.reason)) return 'reason is missing';
  if (!isInstant(request.requestedAt) || !isInstant(request.expiresAt)) return 'a moment is not a UTC instant';
  if (request.expiresAt <= request.requestedAt) return 'it expires before it is made';
  if (typeof request.content !== 'object' || request.content === null || Array.isArray(request.content))
    return 'content is not an object';
  return undefined;
};

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isInstant = (value: unknown): value is UtcInstant => typeof value === 'string' && parseInstant(value) === value;
