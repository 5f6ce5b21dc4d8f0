import { CodedError } from '@tutela/core';

export type ExposureErrorCode = 'invalid';

/** A broken invariant of this package. */
export class ExposureError extends CodedError<ExposureErrorCode> {}
