import { createHash } from 'node:crypto';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openFolderVault } from './open-vault.js';
import { encryptPlainObjects } from './plain-objects.js';
import { temporaryFolder } from './temporary-folder.test-support.js';
import { sha256Address } from './vault.js';

const sha256 = (bytes: string) => sha256Address(createHash('sha256').update(bytes).digest('hex'));

const keepPlain = async (folder: string, address: string, bytes: string): Promise<string> => {
  const place = path.join(folder, 'objects', address.slice(0, 2), address.slice(2, 4));
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, address), bytes, { mode: 0o400 });
  return path.join(place, address);
};

test('objects of an unencrypted folder are brought into a compartment, and what is spoilt stays and is named', async () => {
  const old = path.join(temporaryFolder(), 'platform');
  const compartment = (await openFolderVault(temporaryFolder())).forCase('platform/reports');
  for (const text of ['one', 'two']) await keepPlain(old, sha256(text), text);
  const spoilt = await keepPlain(old, sha256('three'), 'thr');
  await mkdir(path.join(old, 'incoming'));
  await writeFile(path.join(old, 'incoming', 'x.part'), 'half');

  expect(await encryptPlainObjects(old, compartment)).toEqual({ objects: 2, bytes: 6, left: [spoilt] });
  const opened = await compartment.open(sha256('two'));
  if (opened.kind !== 'done') throw new Error('it was put');
  expect((await buffer(opened.value.bytes)).toString()).toBe('two');
  expect(await compartment.has(sha256('three'))).toBe('absent');
  const left = await readdir(old, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([path.basename(spoilt)]);
});

test('a folder without spoilt files goes away, and one that is not there is nothing to do', async () => {
  const old = path.join(temporaryFolder(), 'platform');
  const compartment = (await openFolderVault(temporaryFolder())).forCase('platform/reports');
  await keepPlain(old, sha256('one'), 'one');
  expect(await encryptPlainObjects(old, compartment)).toMatchObject({ objects: 1, left: [] });
  await expect(access(old)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await encryptPlainObjects(old, compartment)).toMatchObject({ objects: 0, left: [] });
});
