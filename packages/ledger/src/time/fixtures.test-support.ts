import { readFileSync } from 'node:fs';
import { tokenOfReply } from './reply.js';
import { stampedBody } from './stamped-body.js';
import type { TimestampClaim } from './verify-timestamp.js';

// A checkpoint and two answers to queries for it, made by `openssl ts -reply` (3.0) with certificates that hold from
// 2026-01-01 to 2027-12-31 under roots that hold until 2099. So these tests need no openssl.

const folder = new URL('../../vectors/time/', import.meta.url);

export const fixture = (name: string): Buffer => readFileSync(new URL(name, folder));

export const value = <T>(verdict: { readonly kind: string; readonly value?: T }): T => {
  if (verdict.kind !== 'done') throw new Error(`not done: ${JSON.stringify(verdict)}`);
  return verdict.value as T;
};

export const checkpointNote = fixture('checkpoint.note').toString();
export const body = value(stampedBody(checkpointNote));

/** A claim that holds. */
export const claim = (key: 'rsa' | 'p256'): TimestampClaim => ({
  token: value(tokenOfReply(fixture(`${key}.tsr`))),
  imprintOf: body,
  roots: [fixture(`${key}-root.pem`).toString()],
});
