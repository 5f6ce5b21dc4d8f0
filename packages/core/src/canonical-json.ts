import canonicalize from 'canonicalize';
import { CodedError } from './coded-error.js';
import type { Branded } from './ids.js';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}
/** Text in the form of RFC 8785: one value, one byte sequence. */
export type CanonicalJson = Branded<string, 'CanonicalJson'>;

class CanonicalJsonError extends CodedError<'not-json' | 'unsafe-number' | 'lone-surrogate'> {}

/**
 * RFC 8785 text of a value.
 *
 * Stricter than the canonicaliser, which drops `undefined`, turns `-0` into `0` and asks `toJSON`: whatever would
 * come back different is refused, since a digest over it would vouch for something nobody said.
 * @throws CanonicalJsonError for anything that is not plain JSON, for integers beyond 2^53 − 1 and lone surrogates.
 */
export const canonicalJson = (value: JsonValue): CanonicalJson => {
  refuseWhatChanges(value, '$');
  return canonicalize(value) as CanonicalJson;
};

const refuseWhatChanges = (value: unknown, path: string): void => {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    refuseLoneSurrogate(value, path);
  } else if (typeof value === 'number') {
    refuseUnsafeNumber(value, path);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseWhatChanges(item, `${path}[${index}]`);
  } else if (isPlainObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      refuseLoneSurrogate(name, path);
      refuseWhatChanges(item, `${path}.${name}`);
    }
  } else {
    throw new CanonicalJsonError('not-json', `${path} is not a JSON value`);
  }
};

const isPlainObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const refuseLoneSurrogate = (text: string, path: string): void => {
  if (/\p{Surrogate}/u.test(text)) throw new CanonicalJsonError('lone-surrogate', `${path} holds a lone surrogate`);
};

const refuseUnsafeNumber = (value: number, path: string): void => {
  const changes = !Number.isFinite(value) || Object.is(value, -0);
  const unsafe = Number.isInteger(value) && !Number.isSafeInteger(value);
  if (changes || unsafe) throw new CanonicalJsonError('unsafe-number', `${path} is ${value}: send it as a string`);
};
