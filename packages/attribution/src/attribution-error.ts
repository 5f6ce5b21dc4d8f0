import { CodedError } from '@tutela/core';

type AttributionErrorCode =
  /** What an operator declared about a source, a pattern or a rule set contradicts itself. */
  | 'bad-declaration'
  /** A holding that no segment of this kind can keep. */
  | 'bad-holding'
  /** More distinct holders, or more distinct marks, than one exporter and period can have. */
  | 'too-many-tags'
  | 'too-many-marks'
  /** The unfinished files of a segment being built are not what was written. */
  | 'damaged-work'
  /** A segment is not what was written: its digest, its bounds or its order are wrong. */
  | 'damaged-segment';

/** A broken invariant of this package; expected alternatives are outcomes and reason codes. */
export class AttributionError extends CodedError<AttributionErrorCode> {}
