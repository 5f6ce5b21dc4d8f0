import { CodedError } from '@tutela/core';

/**
 * `damaged`: bytes that break the format's rules, caught at the edge of the census and told as an outcome.
 * `unsupported`: a variant that nobody here reads. `broken-process`: the locked-down process broke its protocol.
 */
export type ArchiveErrorCode = 'damaged' | 'unsupported' | 'broken-process';

export class ArchiveError extends CodedError<ArchiveErrorCode> {}

export const damaged = (message: string): ArchiveError => new ArchiveError('damaged', message);
export const unsupported = (message: string): ArchiveError => new ArchiveError('unsupported', message);
