import { canonicalJson, done, type JsonValue, type Refused, refused } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import { limits } from './limits.js';
import type { Shape } from './shape.js';

export type Malformed = Refused<'malformed'>;

export const malformed = (why: string): Malformed => refused('malformed', why);

/** A JSON file of a package: canonical JSON (RFC 8785) in UTF-8 and one line feed. */
export const formatCanonicalFile = (value: JsonValue): Uint8Array =>
  new TextEncoder().encode(`${canonicalJson(value)}\n`);

/** What `formatCanonicalFile` wrote, byte for byte, in this shape. */
export const parseCanonicalFile = <T>(bytes: Uint8Array, shape: Shape): Verdict<T, 'malformed'> => {
  if (bytes.length > limits.jsonBytes) return malformed(`longer than ${limits.jsonBytes} bytes`);
  const text = fromUtf8(bytes);
  if (text === undefined) return malformed('not valid UTF-8');
  if (!text.endsWith('\n')) return malformed('no line feed at the end');
  return parseCanonicalText<T>(text.slice(0, -1), shape);
};

/** A value whose canonical text this is, in this shape. */
const parseCanonicalText = <T>(text: string, shape: Shape): Verdict<T, 'malformed'> => {
  const value = parseJson(text);
  if (value === undefined) return malformed('not JSON, or nested too deeply');
  if (canonicalOrNot(value) !== text) return malformed('not canonical JSON (RFC 8785)');
  const fault = shape(value, '$');
  return fault === undefined ? done(value as T) : malformed(fault);
};

/** Text of UTF-8; `undefined` when the bytes are none. A byte order mark is kept, and so refused further on. */
export const fromUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** `undefined` for what is no JSON, and for what is nested deeper than a checker follows. */
export const parseJson = (text: string): JsonValue | undefined => {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isDeeper(value, limits.jsonDepth) ? undefined : value;
  } catch {
    return undefined;
  }
};

const isDeeper = (value: JsonValue, depth: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((each: JsonValue) => isDeeper(each, depth - 1));
};

/** RFC 8785 text; `undefined` for a value that has none, such as one with a lone surrogate. */
export const canonicalOrNot = (value: JsonValue): string | undefined => {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
};
