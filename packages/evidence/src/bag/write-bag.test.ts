import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open as openFile, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { UtcInstant } from '@tutela/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBuffer, open as openZip, type ZipFile } from 'yauzl';
import type { Contents } from '../format/index.js';
import { writeDurably } from './durable-file.js';
import type { BagFile } from './manifest.js';
import { listFiles, packageTar, packageZip } from './serialise.js';
import { sealBag } from './write-bag.js';

let ground: string;
beforeAll(async () => {
  ground = await mkdtemp(path.join(tmpdir(), 'tutela-bag-'));
});
afterAll(() => rm(ground, { recursive: true }));

const names = ['data/a.txt', 'data/deep/Ñandutí 山.bin', `data/${'x'.repeat(180)}.dat`, 'VERIFY.md'];
const contents: Contents = {
  v: 1,
  package: 'package-1',
  case: 'case-1',
  request: 'a'.repeat(64),
  createdAt: '2026-03-01T10:00:00.000Z' as UtcInstant,
  software: { name: 'tutela', version: '0.1.0' },
  files: [],
};

const makeBag = async (name: string): Promise<string> => {
  const folder = path.join(ground, name, 'package-1');
  const files: BagFile[] = [];
  for (const each of names) files.push(await writeDurably(folder, each, `${each} has this in it\n`));
  await sealBag(folder, files, contents);
  return folder;
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a bag', () => {
  test('names every file in both manifests, and every other file in both tag manifests', async () => {
    const folder = await makeBag('whole');
    expect(await readFile(path.join(folder, 'bagit.txt'), 'utf8')).toBe(
      'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    );
    expect(await readFile(path.join(folder, 'bag-info.txt'), 'utf8')).toMatch(/\nPayload-Oxum: \d+\.3\n/);
    for (const [algorithm, digits] of [
      ['sha256', 64],
      ['sha512', 128],
    ] as const) {
      const lines = (await readFile(path.join(folder, `manifest-${algorithm}.txt`), 'utf8')).trimEnd().split('\n');
      expect(lines.map((line) => line.slice(digits + 2))).toEqual(names.slice(0, 3));
      const tags = (await readFile(path.join(folder, `tagmanifest-${algorithm}.txt`), 'utf8')).trimEnd().split('\n');
      expect(tags.map((line) => line.slice(digits + 2))).toEqual([
        'VERIFY.md',
        'bag-info.txt',
        'bagit.txt',
        'manifest-sha256.txt',
        'manifest-sha512.txt',
      ]);
      for (const line of tags) {
        const bytes = await readFile(path.join(folder, line.slice(digits + 2)));
        expect(createHash(algorithm).update(bytes).digest('hex')).toBe(line.slice(0, digits));
      }
    }
  });

  test('is checked by sha512sum', async () => {
    const folder = await makeBag('sums');
    for (const manifest of ['manifest-sha512.txt', 'tagmanifest-sha512.txt']) {
      const checked = spawnSync('sha512sum', ['--strict', '-c', manifest], { cwd: folder, encoding: 'utf8' });
      expect(checked.error ?? checked.status).toBe(0);
    }
  });

  const bagit = process.env.TUTELA_BAGIT;
  test.skipIf(bagit === undefined)('is valid to bagit.py (skipped: TUTELA_BAGIT does not name bagit.py)', async () => {
    const folder = await makeBag('bagit');
    const validate = () => spawnSync('python3', [bagit as string, '--validate', folder], { encoding: 'utf8' });
    const good = validate();
    expect(good.stderr).toContain('is valid');
    expect(good.status).toBe(0);
    await writeFile(path.join(folder, 'data/a.txt'), 'something else\n');
    expect(validate().status).toBe(1);
  });
});

const zipEntries = (bytes: Buffer): Promise<readonly { readonly name: string; readonly method: number }[]> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: false }, (error: Error | null, zip?: ZipFile) => {
      if (error || !zip) return reject(error ?? new Error('no zip'));
      const entries: { name: string; method: number }[] = [];
      zip.on('entry', ({ fileName, compressionMethod }) => entries.push({ name: fileName, method: compressionMethod }));
      zip.on('end', () => resolve(entries)).on('error', reject);
    });
  });

describe('a package in one file', () => {
  test('is the same bytes each time, wherever and whenever it is made', async () => {
    const [one, other] = [await makeBag('one'), await makeBag('other')];
    for (const form of [packageZip, packageTar]) {
      const bytes = await buffer(await form(one));
      expect(sha256(await buffer(await form(other)))).toBe(sha256(bytes));
    }
    const script = `import { packageZip } from ${JSON.stringify(new URL('serialise.js', import.meta.url).href)};
      import { createHash } from 'node:crypto'; import { buffer } from 'node:stream/consumers';
      console.log(createHash('sha256').update(await buffer(await packageZip(process.argv[1]))).digest('hex'))`;
    const elsewhere = execFileSync(process.execPath, ['--input-type=module', '-e', script, one], {
      env: { ...process.env, TZ: 'America/Asuncion' },
      encoding: 'utf8',
    });
    expect(elsewhere.trim()).toBe(sha256(await buffer(await packageZip(one))));
  });

  test('as a ZIP holds one folder, nothing of it compressed', async () => {
    const folder = await makeBag('zip');
    const entries = await zipEntries(await buffer(await packageZip(folder)));
    expect(entries.map(({ name }) => name)).toEqual((await listFiles(folder)).map((file) => `package-1/${file.path}`));
    expect(new Set(entries.map(({ method }) => method))).toEqual(new Set([0]));
  });

  test('as a tar comes out as it went in', async () => {
    const folder = await makeBag('tar');
    const file = path.join(ground, 'package.tar');
    await writeFile(file, await buffer(await packageTar(folder)));
    const target = await mkdtemp(path.join(ground, 'out-'));
    const { status } = spawnSync('tar', ['-xf', file, '-C', target]);
    expect(status).toBe(0);
    expect(await readdir(target)).toEqual(['package-1']);
    for (const { path: each } of await listFiles(folder)) {
      expect(await readFile(path.join(target, 'package-1', each))).toEqual(await readFile(path.join(folder, each)));
    }
  });

  test('holds no links', async () => {
    const folder = await makeBag('link');
    await symlink('/etc/passwd', path.join(folder, 'data/link'));
    await expect(packageZip(folder)).rejects.toThrow('data/link is neither a file nor a folder');
  });
});

test.skipIf(process.env.TUTELA_LONG !== '1')(
  'a ZIP beyond 4 GiB can be read (skipped: TUTELA_LONG is not 1)',
  {
    timeout: 1_800_000,
  },
  async () => {
    const folder = path.join(ground, 'large', 'package-1');
    await mkdir(folder, { recursive: true });
    const large = 4_400_000_000;
    const sparse = await openFile(path.join(folder, 'large'), 'w');
    await sparse.truncate(large);
    await sparse.close();
    await writeFile(path.join(folder, 'small'), 'after it\n');
    const file = path.join(ground, 'large.zip');
    await pipeline(await packageZip(folder), createWriteStream(file));
    const zip = await promisify<string, ZipFile>(openZip)(file);
    const sizes = new Map<string, number>();
    zip.on('entry', ({ fileName, uncompressedSize }) => sizes.set(fileName, uncompressedSize));
    await once(zip, 'end');
    expect(Object.fromEntries(sizes)).toEqual({ 'package-1/large': large, 'package-1/small': 9 });
    await rm(file);
  },
);
