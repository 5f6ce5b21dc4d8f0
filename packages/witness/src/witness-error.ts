import { CodedError } from '@tutela/core';

/** `spoilt`: what the witness kept of a log cannot be read any more; it signs nothing more of that log. */
export class WitnessError extends CodedError<'spoilt'> {}
