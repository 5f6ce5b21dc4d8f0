import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFolderVault } from './folder-vault.js';
import { temporaryFolder } from './temporary-folder.test-support.js';
import { type Sha256, sha256Address, type Vault } from './vault.js';

const digest = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex');
const fileOf = (folder: string, sha256: Sha256) =>
  path.join(folder, 'objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256);

const readBack = async (vault: Vault, sha256: Sha256): Promise<Buffer> => {
  const opened = await vault.open(sha256);
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  return buffer(opened.value.bytes);
};

const overwrite = async (file: string, bytes: Uint8Array): Promise<void> => {
  await chmod(file, 0o600);
  await writeFile(file, bytes);
};

test('what is put comes back, under the digest of its bytes, however it was cut into chunks', async () => {
  const vault = await openFolderVault(temporaryFolder());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), async (chunks) => {
      const whole = Buffer.concat(chunks);
      const source = async function* () {
        yield* chunks;
      };
      const { status: _, ...stored } = await vault.put(source(), { also: ['md5'] });
      expect(stored).toEqual({ sha256: digest('sha256', whole), md5: digest('md5', whole), size: whole.length });
      expect(await readBack(vault, stored.sha256)).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});

test('the same bytes are held once, and the second put says so', async () => {
  const folder = temporaryFolder();
  const vault = await openFolderVault(folder);
  const bytes = randomBytes(1000);
  const first = await vault.put(bytes);
  expect(first.status).toBe('stored');
  expect(await (await openFolderVault(folder)).put(bytes)).toEqual({ ...first, status: 'already-there' });
  expect((await vault.scrub()).objects).toBe(1);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});

test('many puts at once all arrive', async () => {
  const vault = await openFolderVault(temporaryFolder());
  const objects = Array.from({ length: 100 }, (_, number) => Buffer.from(`object ${number % 60}`));
  const stored = await Promise.all(objects.map((bytes) => vault.put(bytes)));
  expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(60);
  expect(await vault.scrub({ expected: stored.map(({ sha256 }) => sha256) })).toMatchObject({
    objects: 60,
    findings: [],
  });
});

test('an object is a read-only file', async () => {
  const folder = temporaryFolder();
  const { sha256 } = await (await openFolderVault(folder)).put(Buffer.from('kept'));
  expect((await stat(fileOf(folder, sha256))).mode & 0o777).toBe(0o400);
});

test('an object that was never put is absent, which is no error', async () => {
  const vault = await openFolderVault(temporaryFolder());
  const never = sha256Address('ab'.repeat(32));
  expect(await vault.has(never)).toBe('absent');
  expect(await vault.stat(never)).toMatchObject({ kind: 'nothing', reason: { code: 'not-in-vault' } });
  expect(await vault.open(never)).toMatchObject({ kind: 'nothing', reason: { code: 'not-in-vault' } });
});

test.each(['../../etc/passwd', 'AB'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)}\n`])(
  'the address %j is refused before it names a file',
  async (text) => {
    const vault = await openFolderVault(temporaryFolder());
    await expect(vault.open(text as Sha256)).rejects.toMatchObject({ code: 'not-a-digest' });
    expect(() => sha256Address(text)).toThrow();
  },
);

test('a source that fails leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const vault = await openFolderVault(folder);
  const source = async function* () {
    yield Buffer.from('half of it');
    throw new Error('connection lost');
  };
  await expect(vault.put(source())).rejects.toThrow('connection lost');
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
  expect((await vault.scrub()).objects).toBe(0);
});

test('damaged bytes never reach the end of a verified stream', async () => {
  const folder = temporaryFolder();
  const vault = await openFolderVault(folder);
  const { sha256 } = await vault.put(Buffer.from('original'));
  await overwrite(fileOf(folder, sha256), Buffer.from('originaL'));
  await expect(readBack(vault, sha256)).rejects.toMatchObject({ code: 'damaged' });
  const unverified = await vault.open(sha256, { verify: 'trust-the-disk' });
  if (unverified.kind !== 'done') throw new Error('the file is there');
  expect((await buffer(unverified.value.bytes)).toString()).toBe('originaL');
});

test('a truncated object is replaced when its bytes are put again', async () => {
  const folder = temporaryFolder();
  const vault = await openFolderVault(folder);
  const { sha256 } = await vault.put(Buffer.from('original'));
  await overwrite(fileOf(folder, sha256), Buffer.from('orig'));
  expect((await vault.put(Buffer.from('original'))).status).toBe('stored');
  expect((await readBack(vault, sha256)).toString()).toBe('original');
});

test('a scrub names what is damaged, missing or foreign and counts the rest', async () => {
  const folder = temporaryFolder();
  const vault = await openFolderVault(folder);
  const names = await Promise.all(['good', 'flipped', 'cut', 'lost'].map((text) => vault.put(Buffer.from(text))));
  const [good, flipped, cut, lost] = names.map(({ sha256 }) => sha256) as [Sha256, Sha256, Sha256, Sha256];
  await overwrite(fileOf(folder, flipped), Buffer.from('flippeD'));
  await overwrite(fileOf(folder, cut), Buffer.alloc(0));
  await rm(fileOf(folder, lost));
  await mkdir(path.join(folder, 'objects', 'zz'));
  await writeFile(path.join(folder, 'objects', 'zz', 'notes.txt'), 'mine');

  const { objects, findings } = await vault.scrub({ expected: [good, flipped, cut, lost] });
  expect(objects).toBe(3);
  expect(findings.toSorted((a, b) => (a.kind + JSON.stringify(a) < b.kind + JSON.stringify(b) ? -1 : 1))).toEqual(
    [
      { kind: 'damaged', sha256: flipped, found: digest('sha256', Buffer.from('flippeD')), size: 7 },
      { kind: 'damaged', sha256: cut, found: digest('sha256', Buffer.alloc(0)), size: 0 },
      { kind: 'foreign', path: path.join('objects', 'zz', 'notes.txt') },
      { kind: 'missing', sha256: lost },
    ].toSorted((a, b) => (a.kind + JSON.stringify(a) < b.kind + JSON.stringify(b) ? -1 : 1)),
  );
});
