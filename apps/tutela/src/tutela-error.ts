import { CodedError } from '@tutela/core';
import type { Ending } from './exit-codes.js';

/** What ends a command. Its code is the ending, its message one line on what happened. */
export class TutelaError extends CodedError<Exclude<Ending, 'done'>> {
  /** One line on what to do. */
  readonly advice: string;

  constructor(code: Exclude<Ending, 'done'>, message: string, advice: string, options?: ErrorOptions) {
    super(code, message, options);
    this.advice = advice;
  }
}
