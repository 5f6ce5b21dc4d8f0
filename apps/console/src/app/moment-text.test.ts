import { expect, test } from 'vitest';
import { readMoment, typedMoment } from './moment-text.js';

test.each([
  ['2026-03-01 10:14 -05:00', '2026-03-01T15:14:00.000Z'],
  ['2026-03-01T10:14:57Z', '2026-03-01T10:14:57.000Z'],
  [' 2024-02-29 00:00+00:00 ', '2024-02-29T00:00:00.000Z'],
])('%s is read with its zone', (typed, utc) => {
  expect(readMoment(typed)).toBe(utc);
});

test.each([
  '',
  '2026-03-01',
  '2026-03-01 10:14',
  '2026-02-31 10:14 Z',
  '2025-02-29 10:14 Z',
  '2026-13-01 10:14 Z',
  'soon',
])('%j is no moment: a date, a time and a zone are needed', (typed) => {
  expect(readMoment(typed)).toBeUndefined();
});

test('what is typed for somebody is the same moment when it is read', () => {
  const at = new Date('2026-03-01T10:14:00Z');
  expect(readMoment(typedMoment(at))).toBe(at.toISOString());
  const second = new Date('2026-03-01T10:14:57Z');
  expect(readMoment(typedMoment(second, 'second'))).toBe(second.toISOString());
});
