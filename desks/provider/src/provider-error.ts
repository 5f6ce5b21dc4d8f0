import { CodedError } from '@tutela/core';

/** A broken invariant of the provider desk, or an environment in which it cannot work. */
export class ProviderError extends CodedError<'key-unusable' | 'segment-missing' | 'rules-damaged' | 'plan-missing'> {}
