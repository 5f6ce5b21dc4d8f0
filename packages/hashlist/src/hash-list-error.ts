import { CodedError } from '@tutela/core';

/**
 * The list as a whole cannot be read to its end; what was read before stands. Single bad lines are `BadLine` items.
 * - `unknown-format`: the beginning is that of no list known here
 * - `malformed-document`: JSON or XML that breaks off or is none
 * - `dtd-refused`: an XML document with a document type, which could read files and grow without end
 * - `too-long`: one line, element or value above the limit
 * - `unwritable`: a value that the written form cannot carry
 */
export class HashListError extends CodedError<
  'unknown-format' | 'malformed-document' | 'dtd-refused' | 'too-long' | 'unwritable'
> {}
