import { WindowError } from './window-error.js';

/** The values of the columns that order a table, the last of them unique. */
export type Key = readonly (string | number)[];

/** A key as an address carries it. */
export const cursorOf = (key: Key): string => Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');

/**
 * @param length of the keys of this table
 * @throws WindowError `malformed-cursor`
 */
export const keyOfCursor = (cursor: string, length: number): Key => {
  const key = parsed(Buffer.from(cursor, 'base64url').toString('utf8'));
  const isKey = Array.isArray(key) && key.length === length && key.every(isValue);
  if (!isKey) throw new WindowError('malformed-cursor', 'The cursor is not of this table.');
  return key;
};

const isValue = (value: unknown): value is string | number => typeof value === 'string' || Number.isFinite(value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
