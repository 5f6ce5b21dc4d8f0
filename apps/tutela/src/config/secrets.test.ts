import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSecrets } from './secrets.js';

let base: string;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'tutela secrets '));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

test('secrets are made once, for their owner alone, whatever the umask', async () => {
  const folder = path.join(base, 'deep', 'data');
  const umask = process.umask(0);
  try {
    const all = await Promise.all([loadSecrets(folder), loadSecrets(folder), loadSecrets(folder)]);
    expect(new Set(all.map(({ operatorKey }) => operatorKey)).size).toBe(1);
  } finally {
    process.umask(umask);
  }
  expect(await modeOf(folder)).toBe(0o700);
  expect(await modeOf(path.join(folder, 'secrets.json'))).toBe(0o600);
  expect(await readdir(folder)).toEqual(['secrets.json']);
  expect(await loadSecrets(folder)).toEqual(await loadSecrets(folder));
});

test('two installations share no secret', async () => {
  const [one, two] = await Promise.all([loadSecrets(path.join(base, 'one')), loadSecrets(path.join(base, 'two'))]);
  expect(one.operatorKey).not.toBe(two.operatorKey);
  expect(one.ledger).not.toEqual(two.ledger);
});

test('a folder or a file that others may read is refused', async () => {
  const open = path.join(base, 'open');
  await mkdir(open, { mode: 0o755 });
  await chmod(open, 0o755);
  await expect(loadSecrets(open)).rejects.toMatchObject({
    code: 'unreadable',
    advice: expect.stringContaining('chmod 700'),
  });
  await chmod(open, 0o700);
  await loadSecrets(open);
  await chmod(path.join(open, 'secrets.json'), 0o640);
  await expect(loadSecrets(open)).rejects.toMatchObject({
    code: 'unreadable',
    advice: expect.stringContaining('chmod 600'),
  });
});

test('a spoilt file is refused and left as it is', async () => {
  const folder = path.join(base, 'spoilt');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(path.join(folder, 'secrets.json'), '{"operatorKey": "short"', { mode: 0o600 });
  await expect(loadSecrets(folder)).rejects.toMatchObject({ code: 'unreadable' });
  expect(await readFile(path.join(folder, 'secrets.json'), 'utf8')).toBe('{"operatorKey": "short"');
});
