import { HashListError } from './hash-list-error.js';
import type { ListFormat } from './list-item.js';
import { isSumsLine } from './read-sums.js';

/** Letters to look at. */
export const beginningLength = 4096;

/**
 * Tells a list's format by how it begins; `undefined` when there is nothing in it.
 * @throws HashListError `unknown-format` for what is visibly no text
 */
export const detectFormat = (beginning: string): ListFormat | undefined => {
  const text = beginning.trimStart();
  if (text === '') return undefined;
  if (text.includes('\u0000')) throw new HashListError('unknown-format', 'this is no text');
  if (text.startsWith('<')) return 'ncmec-v2';
  if (text.startsWith('[')) return 'json';
  if (text.startsWith('{')) return isWholeValue(text.split('\n', 1)[0] ?? '') ? 'jsonl' : 'json';
  const line = text.split(/\r?\n/).find((each) => each.trim() !== '' && !each.startsWith('#'));
  return line !== undefined && isSumsLine(line) ? 'sums' : 'csv';
};

/** One object on the first line is a list of one line, unless it is itself the document that holds the entries. */
const isWholeValue = (line: string): boolean => {
  try {
    const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return !Array.isArray(value.entries);
  } catch {
    return false;
  }
};
