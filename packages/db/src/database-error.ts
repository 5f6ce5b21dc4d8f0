import { CodedError } from '@tutela/core';

export type DatabaseErrorCode =
  | 'no-binaries'
  | 'runtime-folder-not-ours'
  | 'initdb-failed'
  | 'server-did-not-start'
  | 'keeper-did-not-answer'
  | 'migration-failed'
  | 'unsafe-integer';

export class DatabaseError extends CodedError<DatabaseErrorCode> {}
