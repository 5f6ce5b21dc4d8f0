import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { feedBook, keepFeed, keptFeed } from './feeds.js';

const address = { baseUrl: 'https://clearinghouse.example', authority: 'north', credential: '0123456789abcdef' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela feeds '));
});
afterEach(() => rm(folder, { recursive: true }));

test('a feed is kept with how often it is fetched from, for its owner alone', async () => {
  await keepFeed(folder, 'north', { address, everyMinutes: 120 });
  const file = path.join(folder, 'feeds', 'north.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...address, every: '2h' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await feedBook(folder)()).toEqual([{ name: 'north', state: 'ready', address, everyMinutes: 120 }]);
  await keepFeed(folder, 'north', { ...(await keptFeed(folder, 'north')), everyMinutes: 'never' });
  expect(await feedBook(folder)()).toMatchObject([{ state: 'ready', everyMinutes: 'never' }]);
});

test('a feed that says nothing of it is fetched every quarter of an hour, one that says nonsense not at all', async () => {
  await keepFeed(folder, 'plain', { address, everyMinutes: 1 });
  await keepFeed(folder, 'wrong', { address, everyMinutes: 1 });
  await writeFile(path.join(folder, 'feeds', 'plain.json'), JSON.stringify(address));
  await writeFile(path.join(folder, 'feeds', 'wrong.json'), JSON.stringify({ ...address, every: 'often' }));
  expect(await feedBook(folder)()).toEqual([
    { name: 'plain', state: 'ready', address, everyMinutes: 15 },
    { name: 'wrong', state: 'malformed' },
  ]);
});
