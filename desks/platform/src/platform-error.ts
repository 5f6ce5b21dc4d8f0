import { CodedError } from '@tutela/core';

export type PlatformErrorCode = 'no-such-list' | 'no-such-scan' | 'overtaken';

export class PlatformError extends CodedError<PlatformErrorCode> {}
