import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedShares, usersByCountry } from './shares.js';
import { defaultSeizure, makeWorld } from './world.js';
import { seizurePlaces, writeSeizure } from './write-seizure.js';

const small = { files: 120, archives: 20, users: 200, words: 500, seed: 7 };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-seizure-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Of every path, content and time below a folder. */
const digestOf = async (root: string): Promise<string> => {
  const hash = createHash('sha256');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  for (const file of files.sort()) {
    const dated = file.includes('/storage/') ? (await stat(file)).mtime.toISOString() : '';
    hash.update(`${path.relative(root, file)}\n${dated}\n`).update(await readFile(file));
  }
  return hash.digest('hex');
};

test('the same seed writes the same bytes, another seed others', async () => {
  const places = ['one', 'two', 'three'].map((name) => path.join(folder, name));
  for (const [at, place] of places.entries()) await writeSeizure(place, { ...small, seed: at === 2 ? 8 : 7 });
  const [one, two, three] = await Promise.all(places.map(digestOf));
  expect(two).toBe(one);
  expect(three).not.toBe(one);
});

test('users stand in 100 countries in the article’s proportions, 7,500 altogether', () => {
  const counts = usersByCountry(defaultSeizure.users);
  expect(Object.fromEntries(Object.keys(namedShares).map((country) => [country, counts.get(country)]))).toEqual(
    namedShares,
  );
  expect(counts.size).toBe(100);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(7500);
  expect(Math.min(...counts.values())).toBeGreaterThan(0);
});

test('of 2,000 archives about 85 % share their owner’s password, and lists hold about 60 % of passwords', () => {
  const { archives, words } = makeWorld(defaultSeizure);
  const byOwner = new Map<string, Map<string, number>>();
  for (const { account, secret } of archives) {
    const counts = byOwner.get(account) ?? new Map<string, number>();
    byOwner.set(account, counts.set(secret.password, (counts.get(secret.password) ?? 0) + 1));
  }
  const usual = [...byOwner.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
  expect(archives).toHaveLength(2000);
  expect(usual / archives.length).toBeGreaterThan(0.8);
  expect(usual / archives.length).toBeLessThan(0.9);

  const listed = new Set(words);
  expect(words).toHaveLength(10_000);
  const secrets = [...new Map(archives.map(({ secret }) => [secret.password, secret])).values()];
  expect(secrets.every(({ password, place }) => listed.has(password) === (place === 'list'))).toBe(true);
  const share = secrets.filter(({ place }) => place === 'list').length / secrets.length;
  expect(share).toBeGreaterThan(0.5);
  expect(share).toBeLessThan(0.7);
});

test('a seizure that was written is found again, and its truth lies beside it', async () => {
  const place = path.join(folder, 'again');
  const truth = await writeSeizure(place, small);
  const places = seizurePlaces(place);
  const written = await stat(places.truth);
  expect(await writeSeizure(place, small)).toEqual(truth);
  expect((await stat(places.truth)).mtimeMs).toBe(written.mtimeMs);
  const entries = await readdir(places.seized, { recursive: true, withFileTypes: true });
  expect(entries.filter((entry) => entry.isFile())).toHaveLength(truth.files);
  expect(truth.excludedFiles).toBeGreaterThan(0);
});
