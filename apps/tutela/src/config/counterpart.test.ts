import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCounterpart } from './counterpart.js';

let file: string;
beforeAll(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'tutela counterpart ')), 'clearinghouse.json');
});
afterAll(() => rm(path.dirname(file), { recursive: true, force: true }));

const good = {
  environment: 'test',
  username: 'esp',
  password: 'hunter2',
  reporter: { company: 'Example', email: 'safety@example.org', service: 'Example' },
};
const write = (value: unknown, mode = 0o600) =>
  rm(file, { force: true }).then(() =>
    writeFile(file, typeof value === 'string' ? value : JSON.stringify(value), { mode }),
  );

test('a counterpart is a client of its environment', async () => {
  await write(good);
  expect((await readCounterpart(file)).client.environment).toBe('test');
});

test.each([
  ['no JSON', '{'],
  ['an unknown environment', { ...good, environment: 'live' }],
  ['a member nobody knows', { ...good, usrname: 'x' }],
  ['no e-mail address', { ...good, reporter: { ...good.reporter, email: 'safety' } }],
])('%s is refused without repeating the password', async (_, value) => {
  await write(value);
  const refusal = await readCounterpart(file).catch((error: Error) => error);
  expect(refusal).toMatchObject({ code: 'usage' });
  expect(inspect(refusal)).not.toContain('hunter2');
});

test('a file that others may read is refused, and so is one that is not there', async () => {
  await write(good, 0o644);
  await expect(readCounterpart(file)).rejects.toMatchObject({ code: 'unreadable' });
  await rm(file);
  await expect(readCounterpart(file)).rejects.toMatchObject({ code: 'usage' });
});
