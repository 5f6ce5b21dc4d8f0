import { CodedError } from '@tutela/core';

export type LedgerErrorCode =
  /** A value handed in breaks a stated form: an event, a key, an index beyond the tree. */
  | 'invalid'
  /** The tables or rows that an effect names are not there. */
  | 'effect-without-row'
  /** The stored ledger contradicts its own last checkpoint; nothing is signed on top of it. */
  | 'head-differs';

export class LedgerError extends CodedError<LedgerErrorCode> {}
