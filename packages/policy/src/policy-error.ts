import { CodedError } from '@tutela/core';

export type PolicyErrorCode =
  /** A value handed in breaks a stated form: a person, a request, an authority, a batch. */
  | 'invalid'
  /** A row that has to be there is not. */
  | 'unknown';

export class PolicyError extends CodedError<PolicyErrorCode> {}
