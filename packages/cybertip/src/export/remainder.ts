import type { JsonObject } from '@tutela/core';

/**
 * What the form has no member for, as lines of text: `deviceId[1].idType: IMEI`. Nothing a reporter sent is lost on
 * the way to the reader, and nothing is interpreted.
 */
export const remainderOf = (value: object, mapped: readonly string[]): readonly string[] =>
  Object.entries(value)
    .filter(([name]) => !mapped.includes(name))
    .flatMap(([name, it]) => linesOf(name, it));

const linesOf = (path: string, value: unknown): readonly string[] => {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item, at) => linesOf(`${path}[${at + 1}]`, item));
  if (typeof value !== 'object' || value === null) {
    return [`${path}: ${typeof value === 'string' ? value : JSON.stringify(value)}`];
  }
  return Object.entries(value).flatMap(([name, it]) => linesOf(name === 'value' ? path : `${path}.${name}`, it));
};

/** Texts as the form lists them. */
export const additionalInformations = (texts: readonly (string | undefined)[]): readonly JsonObject[] =>
  texts.flatMap((value) => (value === undefined || value === '' ? [] : [{ value }]));
