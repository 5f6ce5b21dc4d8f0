import { CodedError } from '@tutela/core';

export type VaultErrorCode =
  /** The text is not 64 lower-case hexadecimal digits. */
  | 'not-a-digest'
  /** The store refused; `cause` says why. */
  | 'write-failed'
  | 'read-failed'
  /** The bytes are not those that were written: changed, cut, extended, exchanged or under another key. */
  | 'damaged'
  /** More than the format has room for. */
  | 'too-large'
  /** A key file is spoilt, or the key that wrapped it is not at hand. */
  | 'key-unusable'
  /** The case's key was destroyed: nothing more can be put there. */
  | 'key-destroyed'
  /** The program that speaks to the security module failed. */
  | 'module-failed'
  /** The text that names a store is not one. */
  | 'place-unusable'
  /** An age file or recipient that cannot be used. */
  | 'age-failed';

/** The one error of this package: a broken invariant or a failing environment. */
export class VaultError extends CodedError<VaultErrorCode> {}
