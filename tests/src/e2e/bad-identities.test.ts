import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchDatabase } from '@tutela/db';
import { expect, test } from 'vitest';
import { tutela } from './tutela-process.js';

test('a file of customers that cannot be read ends with 3, a call that names none with 2', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'tutela identities '));
  const database = await openScratchDatabase();
  const take = (...files: readonly string[]) =>
    tutela(['provider', 'identities', 'import', ...files, '--data', data], { DATABASE_URL: database.url });
  const bad = path.join(data, 'bad.jsonl');
  await writeFile(bad, '{"account":"somebody","name":"Somebody"}\n');
  const refused = await take(bad);
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toContain('line 1 is no customer');
  expect(refused.stderr).not.toContain('Somebody');
  expect((await take(data)).code).toBe(3);
  expect((await take(path.join(data, 'missing.jsonl'))).code).toBe(3);
  expect((await take()).code).toBe(2);
  await database.close();
  await rm(data, { recursive: true });
}, 300_000);
