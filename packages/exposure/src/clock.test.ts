import type { UtcInstant } from '@tutela/core';
import { expect, test } from 'vitest';
import { dayOf, endOf, plusSeconds, type Span, secondsBetween, workedWithoutBreak } from './clock.js';

const start = '2026-06-01T10:00:00.000Z' as UtcInstant;
const at = (minutes: number): UtcInstant => plusSeconds(start, 60 * minutes);
const span = (from: number, to: number): Span => ({ startedAt: at(from), closesAt: at(to + 2), endedAt: at(to) });
const worked = (spans: readonly Span[], now: number) => workedWithoutBreak(spans, at(now), { breakSeconds: 600 }) / 60;

test('a look that nobody ended is over when it closes, and a begun second counts', () => {
  const open: Span = { startedAt: start, closesAt: at(2), endedAt: null };
  expect(endOf(open, at(1))).toBe(at(1));
  expect(endOf(open, at(90))).toBe(at(2));
  expect(secondsBetween(start, start)).toBe(1);
  expect(secondsBetween(start, plusSeconds(start, 1.2))).toBe(2);
});

test('work goes on until there was a break', () => {
  expect(worked([], 5)).toBe(0);
  expect(worked([span(0, 1)], 5)).toBe(5);
  expect(worked([span(0, 1), span(9, 12), span(20, 21)], 25)).toBe(25);
  expect(worked([span(20, 21), span(0, 1)], 25)).toBe(5);
  expect(worked([span(0, 1), span(20, 21)], 31)).toBe(0);
});

test('a day is that of the organisation', () => {
  const late = '2026-06-02T02:30:00.000Z' as UtcInstant;
  expect(dayOf(late, { timeZone: 'UTC' })).toBe('2026-06-02');
  expect(dayOf(late, { timeZone: 'America/Asuncion' })).toBe('2026-06-01');
});
