import { CodedError } from '@tutela/core';

/** A broken invariant of this desk. */
export class InvestigatorError extends CodedError<
  | 'changed-while-reading'
  | 'report-gone'
  | 'undecided'
  | 'no-such-unit'
  | 'tool-missing'
  | 'seal-broken'
  | 'archive-gone'
  | 'engine-broken'
  | 'no-packages'
  | 'item-gone'
  | 'name-taken'
  | 'no-decoder'
> {}
