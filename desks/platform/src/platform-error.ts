import { CodedError } from '@tutela/core';

export type PlatformErrorCode = 'no-such-list' | 'empty-list' | 'no-such-scan' | 'upload-id-reused';

export class PlatformError extends CodedError<PlatformErrorCode> {}
