import { createHash, randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { beginFileRotation, openFileInstallationKey } from './file-installation-key.js';
import { openFolderCaseKeys } from './folder-case-keys.js';
import { openKeyring, rewrapCaseKeys } from './keyring.js';
import { rotateFileKey } from './rotate-file-key.js';
import { seal, unseal } from './seal.js';

const open = async (folder: string) => {
  const file = path.join(folder, 'installation-key');
  const keys = await openFolderCaseKeys(path.join(folder, 'keys'));
  const installationKeys = await openFileInstallationKey(file);
  return { file, keys, installationKeys, keyring: openKeyring({ keys, installationKeys }) };
};

test('what is sealed opens with the same key and binding only, and not with any bit flipped', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 20 }), fc.nat(), (plain, bound, bit) => {
      const key = randomBytes(32);
      const sealed = seal(key, plain, bound);
      expect(unseal(key, sealed, bound, 'damaged').equals(plain)).toBe(true);
      const spoilt = Buffer.from(sealed);
      const at = bit % (8 * sealed.length);
      spoilt[at >> 3]! ^= 1 << (at & 7);
      expect(() => unseal(key, spoilt, bound, 'damaged')).toThrow(expect.objectContaining({ code: 'damaged' }));
      expect(() => unseal(randomBytes(32), sealed, bound, 'damaged')).toThrow();
      expect(() => unseal(key, sealed, Buffer.concat([bound, Buffer.alloc(1)]), 'damaged')).toThrow();
    }),
    { numRuns: 60 },
  );
});

test('the installation key is made once, for its owner alone; a file that others may read or a spoilt one is refused', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'installation-key');
  const opened = await Promise.all([1, 2, 3].map(() => openFileInstallationKey(file)));
  const ids = await Promise.all(opened.map(async (keys) => (await keys.current()).id));
  expect(new Set(ids).size).toBe(1);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['installation-key']);
  await chmod(file, 0o640);
  await expect(openFileInstallationKey(file)).rejects.toMatchObject({ code: 'key-unusable' });
  await chmod(file, 0o600);
  await writeFile(file, '{"v":1,"keys":["c2hvcnQ="]}');
  await expect(openFileInstallationKey(file)).rejects.toMatchObject({ code: 'key-unusable' });
});

test('processes that ask for the key of a new case at once get the same one', async () => {
  const folder = temporaryFolder();
  const opened = await Promise.all([1, 2, 3, 4].map(() => open(folder)));
  const keys = await Promise.all(opened.map(({ keyring }) => keyring.obtain('case-1')));
  expect(
    new Set(keys.map((key) => (key.kind === 'done' ? Buffer.from(key.value.wrapKey).toString('hex') : ''))).size,
  ).toBe(1);
  expect(await readdir(path.join(folder, 'keys'))).toHaveLength(1);
});

test('a destroyed key is gone for every process, for ever, and no new one takes its place', async () => {
  const folder = temporaryFolder();
  const [one, two] = [await open(folder), await open(folder)];
  await one.keyring.obtain('case-1');
  await two.keyring.obtain('case-1');
  const [file] = await readdir(path.join(folder, 'keys'));
  const before = await readFile(path.join(folder, 'keys', file as string));
  expect(await one.keys.destroy('case-2')).toBe('no-case-key');
  expect(await one.keys.destroy('case-1')).toBe('destroyed');
  expect(await one.keys.destroy('case-1')).toBe('already-destroyed');
  for (const { keyring } of [one, two, await open(folder)]) {
    expect(await keyring.find('case-1')).toMatchObject({ kind: 'refused', reason: { code: 'key-destroyed' } });
    expect(await keyring.obtain('case-1')).toMatchObject({ kind: 'refused', reason: { code: 'key-destroyed' } });
  }
  // A destruction that was killed after its mark is finished by the next one.
  await writeFile(path.join(folder, 'keys', file as string), before);
  expect(await two.keyring.find('case-1')).toMatchObject({ kind: 'refused' });
  expect(await two.keys.destroy('case-1')).toBe('destroyed');
  expect((await readdir(path.join(folder, 'keys'))).filter((name) => name.endsWith('.key'))).toEqual([]);
});

test('a rotation leaves every case key what it was, and the old installation key opens nothing any more', async () => {
  const folder = temporaryFolder();
  const { file, keys, keyring } = await open(folder);
  const cases = ['case-1', 'case-2', 'case-3'];
  const secretOf = async (ring: typeof keyring, caseRef: string) => {
    const key = await ring.find(caseRef);
    return key.kind === 'done' ? Buffer.from(key.value.wrapKey).toString('hex') : key.reason.code;
  };
  for (const caseRef of cases) await keyring.obtain(caseRef);
  const secrets = await Promise.all(cases.map((caseRef) => secretOf(keyring, caseRef)));
  const oldFile = path.join(folder, 'old');
  await writeFile(oldFile, await readFile(file), { mode: 0o600 });

  // Stopped after the first key: both installation keys are in the file, and everything opens.
  await beginFileRotation(file);
  const one = await keys.find('case-1');
  if (one.kind !== 'done') throw new Error('the key is there');
  const onlyFirst = {
    ...keys,
    list: async function* () {
      yield one.value;
    },
  };
  expect(await rewrapCaseKeys({ keys: onlyFirst, installationKeys: await openFileInstallationKey(file) })).toEqual({
    rewrapped: 1,
  });
  const between = await open(folder);
  expect(await Promise.all(cases.map((caseRef) => secretOf(between.keyring, caseRef)))).toEqual(secrets);

  expect(await rotateFileKey(file, keys)).toEqual({ rewrapped: 2 });
  const after = await open(folder);
  expect(await Promise.all(cases.map((caseRef) => secretOf(after.keyring, caseRef)))).toEqual(secrets);
  const withOld = openKeyring({ keys, installationKeys: await openFileInstallationKey(oldFile) });
  await expect(withOld.find('case-1')).rejects.toMatchObject({ code: 'key-unusable' });
  expect(JSON.parse(await readFile(file, 'utf8')).keys).toHaveLength(1);
});

test('a case key does not open as that of another case', async () => {
  const folder = temporaryFolder();
  const { keys, keyring } = await open(folder);
  await keyring.obtain('case-1');
  const key = await keys.find('case-1');
  if (key.kind !== 'done') throw new Error('the key is there');
  await expect(keyring.use({ ...key.value, caseRef: 'case-2' })).rejects.toMatchObject({ code: 'key-unusable' });
});

test('a key file in the place of another case’s opens nothing, be it that of a case that was shredded', async () => {
  const folder = temporaryFolder();
  const { keys, keyring, installationKeys } = await open(folder);
  for (const caseRef of ['case-1', 'case-2']) await keyring.obtain(caseRef);
  const fileOf = (caseRef: string): string =>
    path.join(folder, 'keys', `${createHash('sha256').update(caseRef).digest('hex')}.key`);
  const backup = await readFile(fileOf('case-1'));
  await keys.destroy('case-1');
  await writeFile(fileOf('case-2'), backup);
  await expect(openKeyring({ keys, installationKeys }).find('case-2')).rejects.toMatchObject({ code: 'key-unusable' });
  await expect(rewrapCaseKeys({ keys, installationKeys })).rejects.toMatchObject({ code: 'key-unusable' });
});
