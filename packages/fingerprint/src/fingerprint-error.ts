import { CodedError } from '@tutela/core';

/**
 * A caller broke a promise: pixels that do not fill their picture, one too large for the kernel's memory, a digester
 * closed before it was done.
 */
export class FingerprintError extends CodedError<'bad-pixels' | 'too-large' | 'closed'> {}
