import { CodedError } from '@tutela/core';

/** The package's one error: a caller broke a stated shape, or the machine has no memory left. */
export class HashIndexError extends CodedError<
  'bad-shape' | 'bad-threshold' | 'bad-lists' | 'out-of-memory' | 'too-many' | 'worker-died' | 'closed'
> {}
