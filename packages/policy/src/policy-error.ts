import { CodedError } from '@tutela/core';

export type PolicyErrorCode =
  /** A value handed in breaks a stated form: a person, a request, an authority, a batch. */
  | 'invalid'
  /** What was approved cannot be done any more: something else came first. The transaction has to end without effect. */
  | 'overtaken';

export class PolicyError extends CodedError<PolicyErrorCode> {}
