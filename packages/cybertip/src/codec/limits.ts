import { isIP } from 'node:net';
import { parseInstant, type UtcInstant } from '@tutela/core';
import type { DateTime, Limit, Scalar } from '../schema/notation.js';

/** What the documentation asks beyond the schema and a scalar does not keep. */
export interface Breach {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
}

/** Breaches of the documentation's limits by a scalar that the schema accepts. `now` decides what is past. */
export const limitBreaches = (type: Scalar, value: string | number | boolean, now: UtcInstant): readonly Breach[] => {
  switch (type.kind) {
    case 'text':
      return textBreaches(type, String(value));
    case 'dateTime':
      return type.limit === undefined ? [] : momentBreaches(type.limit, String(value), now);
    case 'integer':
      return Number(value) >= type.min && Number(value) <= type.max
        ? []
        : [
            breach(
              'range',
              `${value} lies outside ${type.min} to ${type.max}`,
              'Send the true figure or leave it out.',
            ),
          ];
    case 'boolean':
    case 'flag':
    case 'enumeration':
    case 'date':
    case 'decimal':
    case 'reportNumber':
    case 'fileId':
      return [];
  }
};

const breach = (rule: string, message: string, remedy: string): Breach => ({ rule: `limit.${rule}`, message, remedy });

const textBreaches = (limit: Limit, text: string): readonly Breach[] => {
  const breaches: Breach[] = [];
  const length = limit.maxLength === undefined ? 0 : Array.from(text).length;
  if (limit.maxLength !== undefined && length > limit.maxLength) {
    breaches.push(
      breach(
        'length',
        `${length} characters where ${limit.maxLength} are allowed`,
        `Shorten it to ${limit.maxLength}; put the whole text into additionalInfo.`,
      ),
    );
  }
  if (limit.form !== undefined && !forms[limit.form].test(text)) {
    breaches.push(breach(limit.form, `the text is not ${forms[limit.form].is}`, forms[limit.form].remedy));
  }
  return breaches;
};

interface Form {
  readonly test: (text: string) => boolean;
  readonly is: string;
  readonly remedy: string;
}

const forms: Readonly<Record<NonNullable<Limit['form']>, Form>> = {
  url: {
    test: (text) => !/\s/.test(text) && URL.canParse(text),
    is: 'a valid URL without white space',
    remedy: 'Percent-encode white space (%20) and give the whole URL with its scheme.',
  },
  'ip-address': {
    test: (text) => isIP(text.trim()) !== 0 && !text.includes('%'),
    is: 'an IPv4 or IPv6 address',
    remedy: 'Give the address alone: no port, no zone, no name.',
  },
  email: {
    test: (text) => /^[^\s@]{1,64}@[^\s@]+$/.test(text),
    is: 'an e-mail address with at most 64 characters before the @',
    remedy: 'Give the address alone, without a display name.',
  },
  'calling-code': {
    test: (text) => /^\+\d{1,3}$/.test(text),
    is: 'a plus sign and 1 to 3 digits',
    remedy: 'Write it like +595.',
  },
  digits: { test: (text) => /^\d+$/.test(text), is: 'digits alone', remedy: 'Leave out spaces and signs.' },
  'not-blank': {
    test: (text) => text.trim() !== '',
    is: 'a reason',
    remedy: 'Say why it is urgent, or leave the element out.',
  },
};

const momentBreaches = (limit: NonNullable<DateTime['limit']>, text: string, now: UtcInstant): readonly Breach[] => {
  const instant = parseInstant(text);
  if (instant === undefined) {
    return limit === 'past'
      ? []
      : [breach('zone', 'the moment names no time zone', 'End it with Z or an offset such as -03:00.')];
  }
  return instant <= now ? [] : [breach('past', 'the moment lies in the future', 'Check the clock and the zone.')];
};
