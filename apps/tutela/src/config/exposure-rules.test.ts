import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultRules } from '@tutela/exposure';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExposureRules } from './exposure-rules.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela rules '));
});
afterAll(() => rm(folder, { recursive: true }));

const rulesIn = async (text: string) => {
  const file = path.join(folder, 'rules.json');
  await writeFile(file, text);
  return readExposureRules(file);
};

test('without a file the rules are the usual ones, with one they are what it says and the usual ones', async () => {
  expect(await readExposureRules(undefined)).toBe(defaultRules);
  const talkTo = { es: 'Hable con Ana, sala 12.' };
  expect(await rulesIn(JSON.stringify({ talkTo }))).toEqual({ ...defaultRules, talkTo });
});

test.each(['{', '{"limitSeconds": "4 h"}', '{"limit": 3}'])(
  '%s is refused with the place that explains it',
  async (text) => {
    await expect(rulesIn(text)).rejects.toMatchObject({ code: 'usage', advice: expect.stringContaining('wellness') });
  },
);
