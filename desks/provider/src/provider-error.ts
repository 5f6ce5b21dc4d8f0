import { CodedError } from '@tutela/core';

/** A broken invariant of the provider desk, or an environment in which it cannot work. */
export class ProviderError extends CodedError<
  | 'order-damaged'
  | 'answer-misshapen'
  | 'key-unusable'
  | 'source-damaged'
  | 'segment-missing'
  | 'rules-damaged'
  | 'plan-missing'
  | 'carried-state-damaged'
> {}
