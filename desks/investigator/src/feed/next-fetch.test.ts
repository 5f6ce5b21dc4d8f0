import { toInstant } from '@tutela/core';
import { expect, test } from 'vitest';
import { nextFetchAt } from './next-fetch.js';

const at = (minute: number) => toInstant(new Date(Date.UTC(2026, 2, 1, 12, minute)));

test('a feed is fetched at its interval after the last time, at once where there was none, and never where that is said', () => {
  expect(nextFetchAt(15, { pulled_at: at(0), failures: 0 }, at(3))).toBe(at(15));
  expect(nextFetchAt(15, { pulled_at: null, failures: 0 }, at(3))).toBe(at(3));
  expect(nextFetchAt('never', { pulled_at: at(0), failures: 4 }, at(3))).toBeNull();
});

test('a feed that does not answer is asked again after one minute, two, four, and at most an hour', () => {
  const waits = [1, 2, 3, 6, 7, 1000].map((failures) => nextFetchAt(1440, { pulled_at: at(0), failures }, at(0)));
  expect(waits).toEqual([at(1), at(2), at(4), at(32), at(60), at(60)]);
});
