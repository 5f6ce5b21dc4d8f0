import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatEvery, parseEvery } from './fetch-every.js';

test('an interval is read as it is written', () => {
  const every = fc.oneof(fc.constant('never' as const), fc.integer({ min: 1, max: 7 * 1440 }));
  fc.assert(fc.property(every, (one) => parseEvery(formatEvery(one)) === one));
  expect(['15m', '90m', '2h', '7d'].map(parseEvery)).toEqual([15, 90, 120, 10_080]);
});

test.each(['', '0m', '15', '1.5h', '8d', '1w', '-5m', 'always'])('%s is no interval', (text) => {
  expect(() => parseEvery(text)).toThrow('such as 15m');
});
