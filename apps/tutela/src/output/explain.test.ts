import { CodedError } from '@tutela/core';
import { expect, test } from 'vitest';
import { TutelaError } from '../tutela-error.js';
import { explain, formatError } from './explain.js';

class PlatformError extends CodedError<'no-such-list' | 'overtaken'> {}

test('what a command throws is told as it says, on two lines', () => {
  const error = new TutelaError('unreadable', 'a\u001b[2J.csv cannot be read.', 'Give another.');
  expect(explain(error).ending).toBe('unreadable');
  expect(formatError(error, {})).toBe('a\\u001b[2J.csv cannot be read.\nGive another.');
});

test("a desk's error that is the caller's to mend is one of usage, any other a fault", () => {
  expect(explain(new PlatformError('no-such-list', 'There is no list named x.'))).toMatchObject({
    ending: 'usage',
    what: 'There is no list named x.',
  });
  expect(explain(new PlatformError('overtaken', 'overtaken')).ending).toBe('internal');
});

test('a database that does not answer is recognised through what wraps it', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const wrapped = new Error('migration', { cause: new Error('lock', { cause: refused }) });
  expect(explain(wrapped).what).toContain('database does not answer (ECONNREFUSED)');
});

test('anything else is a fault of ours, on two lines; with TUTELA_DEBUG=1 the stacks follow', () => {
  const error = new Error('first line\nsecond line', { cause: new TypeError('deeper') });
  expect(explain(error).ending).toBe('internal');
  expect(formatError(error, {}).split('\n')).toHaveLength(2);
  const debug = formatError(error, { TUTELA_DEBUG: '1' });
  expect(debug).toContain('explain.test');
  expect(debug).toContain('TypeError: deeper');
  expect(explain('thrown text').what).toContain('thrown text');
});
