import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walk } from './walk.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'walk-'));
  await mkdir(path.join(root, 'a', 'b'), { recursive: true });
  await mkdir(path.join(root, 'a.b'));
  await mkdir(path.join(root, 'empty'));
  for (const name of ['a/z', 'a/b/c', 'a/b/d', 'a.b/1', 'a!', 'b\n😀', 'B'])
    await writeFile(path.join(root, name), name);
  await writeFile(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe])]), 'bytes');
  await symlink('..', path.join(root, 'a', 'b', 'loop'));
});
afterAll(() => rm(root, { recursive: true }));

const everything = async (after?: Buffer): Promise<string[]> => {
  const found: string[] = [];
  for await (const { path: name } of walk(Buffer.from(root), after)) found.push(name.toString('latin1'));
  return found;
};

test('names everything once, links and odd names included, and follows no loop', async () => {
  const found = await everything();
  expect(new Set(found).size).toBe(found.length);
  expect(found).toContain('a/b/loop');
  expect(found).toContain('\xff\xfe');
  expect(found.map((name) => Buffer.from(name, 'latin1').toString())).toContain('b\n😀');
  expect(found.length).toBe(9);
});

test('goes on behind any path, in the same order', async () => {
  const all = await everything();
  await fc.assert(
    fc.asyncProperty(fc.nat(all.length - 1), async (at) => {
      expect(await everything(Buffer.from(all[at] ?? '', 'latin1'))).toEqual(all.slice(at + 1));
    }),
  );
});
