import { parseInstant } from '@tutela/core';

/** What is wrong with a value, beginning with its place; `undefined` when it has the form. */
export type Shape = (value: unknown, at: string) => string | undefined;

/** An object with these members and no others: a member nobody knows could mean anything. */
export const object =
  (required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  (value, at) => {
    if (!isRecord(value)) return `${at}: not an object`;
    const missing = Object.keys(required).find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) return `${at}.${missing}: missing`;
    for (const [name, member] of Object.entries(value)) {
      const shape = ownShape(required, name) ?? ownShape(optional, name);
      const fault =
        shape === undefined ? `${at}: unknown member ${JSON.stringify(name)}` : shape(member, `${at}.${name}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

const ownShape = (shapes: Readonly<Record<string, Shape>>, name: string): Shape | undefined =>
  Object.hasOwn(shapes, name) ? shapes[name] : undefined;

export const listOf =
  (item: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at}: not a list`;
    for (const [index, each] of value.entries()) {
      const fault = item(each, `${at}[${index}]`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

export const oneOf =
  (...values: readonly (string | number)[]): Shape =>
  (value, at) =>
    values.some((each) => each === value)
      ? undefined
      : `${at}: not ${values.map((each) => JSON.stringify(each)).join(' or ')}`;

const matching =
  (what: string, pattern: RegExp): Shape =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `${at}: not ${what}`;

/** 1 to 1,000 letters without control characters. */
export const text = matching('text', /^[^\p{Cc}\p{Cs}]{1,1000}$/u);
export const sha256Hex = matching('a SHA-256 in hexadecimal', /^[0-9a-f]{64}$/);
export const itemId = matching('an item id', /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
/** 0 to 2^63 − 1. */
export const decimal: Shape = (value, at) =>
  typeof value === 'string' && parseDecimal(value) !== undefined ? undefined : `${at}: not a decimal number`;
export const instant: Shape = (value, at) =>
  typeof value === 'string' && parseInstant(value) === value ? undefined : `${at}: not a UTC instant with milliseconds`;
export const record: Shape = (value, at) => (isRecord(value) ? undefined : `${at}: not an object`);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number in the one way of writing it; `undefined` beyond 2^63 − 1. */
export const parseDecimal = (digits: string): bigint | undefined => {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(digits)) return undefined;
  const value = BigInt(digits);
  return value < 2n ** 63n ? value : undefined;
};
