import { CodedError } from '@tutela/core';

/** A broken invariant of this package: a value its own types forbid, or a misconfigured client or server. */
export class CybertipError extends CodedError<
  'unknown-member' | 'unwritable-character' | 'not-a-value' | 'insecure-base-url' | 'unusable-base-url'
> {}
