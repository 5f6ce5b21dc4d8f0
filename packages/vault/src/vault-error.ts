import { CodedError } from '@tutela/core';

/**
 * - `not-a-digest`: the text is not 64 lower-case hexadecimal digits
 * - `write-failed`, `read-failed`: the file system refused; `cause` says why
 * - `damaged`: the bytes read do not have the digest they are filed under
 */
export class VaultError extends CodedError<'not-a-digest' | 'write-failed' | 'read-failed' | 'damaged'> {}
