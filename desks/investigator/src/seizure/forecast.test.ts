import { expect, test } from 'vitest';
import { forecastOf } from './forecast.js';

const counts = { waiting: 0, stopped: 0, unreadable: 0, refused: 0, expectedFiles: 0, expectedBytes: 0, unknown: 0 };
const lately = { units: 10, files: 20_000, bytes: 1_000_000_000 };

test('reckons with the slower of files and bytes, at the rate of what was finished lately', () => {
  const left = { ...counts, waiting: 4, expectedFiles: 8000, expectedBytes: 10_000_000_000 };
  expect(forecastOf(left, lately, 100)).toMatchObject({ unitsLeft: 4, secondsLeft: 1000, certainty: 'estimate' });
});

test('says "at least" while there are folders nobody has looked into, and counts them as average units', () => {
  expect(forecastOf({ ...counts, waiting: 20, unknown: 20 }, lately, 100)).toMatchObject({
    secondsLeft: 200,
    certainty: 'at-least',
  });
});

test('says nothing of the time where nothing was finished, and none where nothing is left', () => {
  const nothing = { units: 0, files: 0, bytes: 0 };
  expect(forecastOf({ ...counts, waiting: 1, expectedFiles: 5 }, nothing, 100).secondsLeft).toBeNull();
  expect(forecastOf(counts, nothing, 0).secondsLeft).toBe(0);
});
