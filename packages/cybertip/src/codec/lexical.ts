import type { Scalar } from '../schema/notation.js';
import { isWritable } from '../xml/characters.js';

export type ScalarValue = string | number | boolean;

/** What became of a scalar's text: its value, or the schema rule it breaks and what would be right. */
export type Lexical =
  | { readonly kind: 'value'; readonly value: ScalarValue }
  | { readonly kind: 'broken'; readonly rule: string; readonly expected: string };

const value = (it: ScalarValue): Lexical => ({ kind: 'value', value: it });
const notOf = (type: string, expected: string): Lexical => ({
  kind: 'broken',
  rule: 'cvc-datatype-valid.1.2.1',
  expected: `${type}: ${expected}`,
});

const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/;
const datePattern = /^\d{4}-\d{2}-\d{2}(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/;
const decimalPattern = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const longest = 2n ** 63n - 1n;

/** Reads a scalar by the schema's own datatypes (XML Schema Part 2). White space around all but text is dropped. */
export const readScalar = (type: Scalar, raw: string): Lexical => {
  const text = raw.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  switch (type.kind) {
    case 'text':
      return isWritable(raw)
        ? value(raw)
        : { kind: 'broken', rule: 'xml-char', expected: 'text without control characters (writableText)' };
    case 'fileId':
      return value(text);
    case 'enumeration':
      if (type.values.includes(raw)) return value(raw);
      return { kind: 'broken', rule: 'cvc-enumeration-valid', expected: `one of ${listed(type.values)}` };
    case 'boolean':
      return booleans.has(text) ? value(truths.has(text)) : notOf('boolean', 'true, false, 1 or 0');
    case 'flag':
      if (text === '' || truths.has(text)) return value(true);
      return { kind: 'broken', rule: 'cvc-elt.5.2.2.2.2', expected: 'an empty element, true or 1' };
    case 'integer':
      return integerValue(text);
    case 'reportNumber':
      return /^\+?\d{1,19}$/.test(text) && BigInt(text) <= longest
        ? value(BigInt(text).toString())
        : notOf('long', 'a report number in digits');
    case 'decimal':
      return decimalPattern.test(text) ? value(Number(text)) : notOf('decimal', 'a number such as -25.2637');
    case 'dateTime':
      return dateTimePattern.test(text) && isDay(text) && isTime(text)
        ? value(text)
        : notOf('dateTime', 'a moment such as 2026-03-01T10:15:00Z');
    case 'date':
      return datePattern.test(text) && isDay(text) ? value(text) : notOf('date', 'a day such as 2010-05-31');
  }
};

const truths = new Set(['true', '1']);
const booleans = new Set(['true', 'false', '1', '0']);

/** A scalar's text; the inverse of `readScalar`. */
export const writeScalar = (it: ScalarValue): string => String(it);

const integerValue = (text: string): Lexical => {
  const number = Number(text);
  return /^[+-]?\d{1,10}$/.test(text) && number >= -(2 ** 31) && number < 2 ** 31
    ? value(number)
    : notOf('int', 'a whole number');
};

const isDay = (text: string): boolean => {
  const day = text.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};
const isTime = (text: string): boolean => /T([01]\d|2[0-3]):[0-5]\d:[0-5]\d/.test(text);

const listed = (values: readonly string[]): string =>
  values.length > 12 ? `the ${values.length} known codes` : values.map((it) => JSON.stringify(it)).join(', ');
