import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTimeAuthorities } from './time-authorities.js';

const pem = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'authorities '));
  await writeFile(path.join(folder, 'root.pem'), pem);
  await writeFile(path.join(folder, 'empty.pem'), 'nothing');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (content: unknown) => {
  const file = path.join(folder, 'authorities.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readTimeAuthorities(file);
};
const one = { name: 'first', url: 'http://tsa.example/', roots: 'root.pem' };

test('time authorities are read with their roots, which lie beside the file', async () => {
  expect(await readTimeAuthorities(undefined)).toEqual([]);
  expect(await read([one, { ...one, name: 'second' }])).toEqual([
    { name: 'first', url: one.url, roots: pem },
    { name: 'second', url: one.url, roots: pem },
  ]);
});

test.each([
  ['no JSON', '['],
  ['no list', one],
  ['one name twice', [one, one]],
  ['a name that would not fit a line', [{ ...one, name: 'a b' }]],
  ['a name that would be another file', [{ ...one, name: '../root' }]],
  ['no address', [{ ...one, url: 'tsa.example' }]],
  ['an address of a file', [{ ...one, url: 'file:///etc/passwd' }]],
  ['a member that nobody knows', [{ ...one, polcy: '1.2' }]],
  ['a root that is not there', [{ ...one, roots: 'nowhere.pem' }]],
  ['a root that is none', [{ ...one, roots: 'empty.pem' }]],
])('%s is refused as a mistake of usage', async (_, content) => {
  await expect(read(content)).rejects.toMatchObject({ code: 'usage' });
});

test('a file that is not there is refused as a mistake of usage', async () => {
  await expect(readTimeAuthorities(path.join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'usage' });
});
