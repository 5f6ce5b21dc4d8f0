/** Why a stage ended as it did: a code from a closed set for programs, a sentence for people. */
export interface Reason<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
}

export interface Done<T> {
  readonly kind: 'done';
  readonly value: T;
}
interface Ended<Kind extends string, Code extends string> {
  readonly kind: Kind;
  readonly reason: Reason<Code>;
}
/** The stage ran and there was nothing to find. */
export type Nothing<Code extends string = string> = Ended<'nothing', Code>;
/** The stage ran and cannot say: the input does not hold the answer. */
export type Undecidable<Code extends string = string> = Ended<'undecidable', Code>;
/** A stated limit (size, time, depth) was reached before the end: a finding, never a success. */
export type Limited<Code extends string = string> = Ended<'limited', Code>;
/** The input is not acceptable, or the act is not allowed. */
export type Refused<Code extends string = string> = Ended<'refused', Code>;
/** Something broke; trying again may help. */
export type Failed<Code extends string = string> = Ended<'failed', Code>;

/**
 * How every stage ends. Closed, so that a caller's `switch` is exhaustive and nothing is skipped silently.
 */
export type Outcome<T, Code extends string = string> =
  | Done<T>
  | Nothing<Code>
  | Undecidable<Code>
  | Limited<Code>
  | Refused<Code>
  | Failed<Code>;

const ended =
  <Kind extends string>(kind: Kind) =>
  <Code extends string>(code: Code, message: string): Ended<Kind, Code> => ({ kind, reason: { code, message } });

export const done = <T>(value: T): Done<T> => ({ kind: 'done', value });
export const nothing = ended('nothing');
export const undecidable = ended('undecidable');
export const limited = ended('limited');
export const refused = ended('refused');
export const failed = ended('failed');

/** The `default` of an exhaustive `switch`: fails to compile when a case is missing. */
export const unreachable = (value: never): never => {
  throw new TypeError(`unreachable case: ${JSON.stringify(value)}`);
};
