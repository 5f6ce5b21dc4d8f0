import { CodedError } from '@tutela/core';

/** A broken invariant of this desk. */
export class ClearinghouseError extends CodedError<
  'report-without-content' | 'unusable-username' | 'file-without-bytes' | 'unusable-font' | 'unusable-policy'
> {}
