/**
 * Base of each package's single error class: a broken invariant or a failing environment, never an expected
 * alternative (those are an `Outcome`).
 */
export class CodedError<Code extends string> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}
