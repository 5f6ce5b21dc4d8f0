import { CodedError } from '@tutela/core';

type AttributionErrorCode =
  /** What an operator declared about a source, a pattern or a rule set contradicts itself. */
  'bad-declaration';

/** A broken invariant of this package; expected alternatives are outcomes and reason codes. */
export class AttributionError extends CodedError<AttributionErrorCode> {}
