import { CodedError } from '@tutela/core';

/** A caller broke a promise: pixels that do not fill their picture, or one too large for the kernel's memory. */
export class FingerprintError extends CodedError<'bad-pixels' | 'too-large'> {}
