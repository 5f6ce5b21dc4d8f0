import type { Outcome } from '@tutela/core';

/**
 * `wrong-password`: the format proves it (RAR5, ZIP, 7z). `wrong-password-or-damaged`: RAR3 cannot tell the two apart,
 * as RAR's own notes say, and nobody else can either.
 */
export type UnpackCode =
  | 'wrong-password'
  | 'wrong-password-or-damaged'
  | 'damaged'
  | 'volume-missing'
  | 'unsupported'
  | 'links-refused'
  | 'bytes-limit'
  | 'ratio-limit'
  | 'members-limit'
  | 'time-limit'
  | 'crashed';

export interface Unpacked {
  readonly members: number;
  /** Unpacked. */
  readonly bytes: number;
}

export type UnpackOutcome = Outcome<Unpacked, UnpackCode>;
