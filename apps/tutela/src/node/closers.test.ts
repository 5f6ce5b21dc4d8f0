import { expect, test } from 'vitest';
import { openTogether } from './closers.js';

const recorder = () => {
  const closed: string[] = [];
  return { closed, closing: (name: string) => async () => void closed.push(name) };
};

test('what was opened last is closed first, once', async () => {
  const { closed, closing } = recorder();
  const opened = await openTogether(async ({ add }) => {
    add(closing('database'));
    add(closing('server'));
    return { port: 1 };
  });
  expect(opened.port).toBe(1);
  await Promise.all([opened.close(), opened.close()]);
  expect(closed).toEqual(['server', 'database']);
});

test('when one thing cannot be opened, those before it are closed and its error is the one told', async () => {
  const { closed, closing } = recorder();
  const opening = openTogether(async ({ add }) => {
    add(closing('database'));
    add(() => Promise.reject(new Error('cannot close')));
    throw new Error('cannot open');
  });
  await expect(opening).rejects.toThrow('cannot open');
  expect(closed).toEqual(['database']);
});

test('one thing that cannot be closed does not keep the others open', async () => {
  const { closed, closing } = recorder();
  const opened = await openTogether(async ({ add }) => {
    add(closing('database'));
    add(() => Promise.reject(new Error('stuck')));
    return {};
  });
  await expect(opened.close()).rejects.toThrow('stuck');
  expect(closed).toEqual(['database']);
});
