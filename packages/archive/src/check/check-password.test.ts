import { expect, test } from 'vitest';
import { censusOf, fixture, fixtureFiles, words } from '../fixtures.test-support.js';
import { checkPassword } from './check-password.js';

const byEmbeddedCheck = fixtureFiles.filter(({ archive }) => archive.id !== 'rar3-data');

test.each(byEmbeddedCheck)(
  'of all words only its password opens $file',
  { timeout: 30_000 },
  async ({ archive, file }) => {
    const [lock] = (await censusOf(await fixture(file))).locks;
    const opening = words.filter((word) => checkPassword(lock!.check, word) !== 'does-not-open');
    expect(opening).toEqual([archive.password]);
  },
);

test('a compressed member of RAR3 is not decided without unpacking it', async () => {
  const [lock] = (await censusOf(await fixture('rar3-data.rar'))).locks;
  expect(checkPassword(lock!.check, 'willow1')).toBe('not-checked-here');
});

test('a check goes to another machine as JSON', async () => {
  for (const { archive, file } of byEmbeddedCheck) {
    const [lock] = (await censusOf(await fixture(file))).locks;
    expect(checkPassword(JSON.parse(JSON.stringify(lock!.check)), archive.password)).toBe('opens');
  }
});

test('a check says nothing of names', async () => {
  for (const { archive, file } of fixtureFiles) {
    const text = JSON.stringify((await censusOf(await fixture(file))).locks[0]!.check);
    for (const name of Object.keys(archive.contents)) {
      expect(text).not.toContain(Buffer.from(name).toString('hex'));
    }
  }
});
