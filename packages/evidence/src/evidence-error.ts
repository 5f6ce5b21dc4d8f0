import { CodedError } from '@tutela/core';

/** Broken invariants of this package; what can be expected of a package or a request is an `Outcome`. */
export class EvidenceError extends CodedError<'invalid' | 'unusable-font'> {}
