import { expect, test } from 'vitest';
import { parseInstant } from './time.js';

test.each([
  ['2026-03-01T10:15:00Z', '2026-03-01T10:15:00.000Z'],
  ['2026-03-01T10:15:00-03:00', '2026-03-01T13:15:00.000Z'],
  ['2026-03-01T10:15Z', '2026-03-01T10:15:00.000Z'],
  ['2026-03-01T10:15:00.123456Z', '2026-03-01T10:15:00.123Z'],
])('%s is the moment %s', (text, instant) => {
  expect(parseInstant(text)).toBe(instant);
});

test.each(['2026-03-01T10:15:00', '2026-02-30T10:15:00Z', '2026-13-01T00:00:00Z', '1 March 2026', ''])(
  '%j names no moment',
  (text) => {
    expect(parseInstant(text)).toBeUndefined();
  },
);
