import { refused } from '@tutela/core';
import { expect, test } from 'vitest';
import { TutelaError } from '../../tutela-error.js';
import { answered } from './answered.js';

const endingOf = (code: string): string => {
  try {
    answered(refused(code, 'line 2 is none'));
    return 'done';
  } catch (error) {
    return error instanceof TutelaError ? error.code : 'thrown';
  }
};

test('a refusal of what a file holds never ends as a wrong call does', () => {
  for (const code of ['customer-malformed', 'source-malformed', 'rule-malformed', 'HEADER_MISSING'])
    expect([code, endingOf(code)]).toEqual([code, 'unreadable']);
  expect(endingOf('TEST_VECTOR_DIFFERS')).toBe('refuted');
  expect(endingOf('too-few')).toBe('unauthorised');
  for (const code of ['source-unknown', 'order-unknown', 'person-unknown'])
    expect([code, endingOf(code)]).toEqual([code, 'usage']);
});
