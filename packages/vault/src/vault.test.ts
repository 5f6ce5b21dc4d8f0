import { createHash, randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFolderVault } from './open-vault.js';
import { temporaryFolder } from './temporary-folder.test-support.js';
import { type Compartment, type Sha256, sha256Address } from './vault.js';

const digest = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex');
const chunk = 16 * 1024;

const openCase = async (folder: string, caseRef = 'case-1'): Promise<Compartment> =>
  (await openFolderVault(folder)).forCase(caseRef);

/** Every file of the store. */
const filesOf = async (folder: string): Promise<readonly string[]> => {
  const found = await readdir(path.join(folder, 'objects'), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

/** The file that a put of these bytes makes. */
const putFile = async (folder: string, compartment: Compartment, bytes: Uint8Array) => {
  const before = new Set(await filesOf(folder));
  const { sha256 } = await compartment.put(bytes);
  return { sha256, file: (await filesOf(folder)).find((file) => !before.has(file)) as string };
};

const readBack = async (compartment: Compartment, sha256: Sha256): Promise<Buffer> => {
  const opened = await compartment.open(sha256);
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  return buffer(opened.value.bytes);
};

const overwrite = async (file: string, bytes: Uint8Array): Promise<void> => {
  await chmod(file, 0o600);
  await writeFile(file, bytes);
};

test('what is put comes back, under the digest of its bytes, however it was cut into chunks', async () => {
  const compartment = await openCase(temporaryFolder());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), async (chunks) => {
      const whole = Buffer.concat(chunks);
      const source = async function* () {
        yield* chunks;
      };
      const { status: _, ...stored } = await compartment.put(source(), { also: ['md5'] });
      expect(stored).toEqual({ sha256: digest('sha256', whole), md5: digest('md5', whole), size: whole.length });
      expect(await readBack(compartment, stored.sha256)).toEqual(whole);
      expect(await compartment.stat(stored.sha256)).toMatchObject({ kind: 'done', value: { size: whole.length } });
    }),
    { numRuns: 30 },
  );
});

test('any range is that slice of the whole', async () => {
  const compartment = await openCase(temporaryFolder());
  for (const size of [1, chunk - 1, chunk, chunk + 1, 3 * chunk, 5 * chunk + 77]) {
    const whole = randomBytes(size);
    const { sha256 } = await compartment.put(whole);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: size - 1 }), fc.integer({ min: 1, max: size + 10 }), async (start, length) => {
        const opened = await compartment.openRange(sha256, { start, end: start + length });
        if (opened.kind !== 'done') throw new Error(opened.reason.message);
        const { bytes, ...place } = opened.value;
        expect(place).toEqual({ sha256, size, start, end: Math.min(size, start + length) });
        expect((await buffer(bytes)).equals(whole.subarray(start, start + length))).toBe(true);
      }),
      { numRuns: 25 },
    );
    const none = [{ start: size }, { start: -1 }, { start: 0.5 }, { start: 1, end: 1 }, { start: 0, end: -1 }];
    for (const range of [...none, { start: 0, end: 0.5 }, { start: 0, end: Number.NaN }]) {
      expect(await compartment.openRange(sha256, range)).toMatchObject({ reason: { code: 'range-not-satisfiable' } });
    }
  }
});

test('the same bytes are held once in a case, and the second put says so', async () => {
  const folder = temporaryFolder();
  const compartment = await openCase(folder);
  const bytes = randomBytes(1000);
  const first = await compartment.put(bytes);
  expect(first.status).toBe('stored');
  expect(await (await openCase(folder)).put(bytes)).toEqual({ ...first, status: 'already-there' });
  expect((await filesOf(folder)).length).toBe(1);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});

test('two cases share nothing: not the object, not its name, not its bytes', async () => {
  const folder = temporaryFolder();
  const [one, two] = [await openCase(folder, 'case-1'), await openCase(folder, 'case-2')];
  const bytes = randomBytes(1000);
  const first = await putFile(folder, one, bytes);
  expect(await two.has(first.sha256)).toBe('absent');
  const second = await putFile(folder, two, bytes);
  expect(path.basename(second.file)).not.toBe(path.basename(first.file));
  // An object moved into another case opens there under no name.
  await overwrite(second.file, await readFile(first.file));
  await expect(readBack(two, second.sha256)).rejects.toMatchObject({ code: 'damaged' });
});

test('the store shows neither the bytes nor their digest', async () => {
  const folder = temporaryFolder();
  const bytes = Buffer.from('something that can be recognised');
  const { sha256, file } = await putFile(folder, await openCase(folder), bytes);
  const stored = await readFile(file);
  expect(stored.includes(bytes)).toBe(false);
  expect(stored.includes(Buffer.from(sha256, 'hex'))).toBe(false);
  expect(file).not.toContain(sha256);
  expect((await stat(file)).mode & 0o777).toBe(0o400);
});

test('many puts at once all arrive', async () => {
  const vault = await openFolderVault(temporaryFolder());
  const compartment = vault.forCase('case-1');
  const objects = Array.from({ length: 100 }, (_, number) => Buffer.from(`object ${number % 60}`));
  const stored = await Promise.all(objects.map((bytes) => compartment.put(bytes)));
  expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(60);
  const expected = stored.map(({ sha256 }) => ({ caseRef: 'case-1', sha256 }));
  expect(await vault.scrub({ expected })).toMatchObject({ objects: 60, findings: [], end: 'complete' });
  expect(await vault.usage()).toMatchObject([{ caseRef: 'case-1', objects: 60 }]);
});

test('an object that was never put is absent, which is no error', async () => {
  const compartment = await openCase(temporaryFolder());
  const never = sha256Address('ab'.repeat(32));
  for (const put of ['nothing', 'something']) {
    if (put === 'something') await compartment.put(Buffer.from('else'));
    expect(await compartment.has(never)).toBe('absent');
    expect(await compartment.stat(never)).toMatchObject({ kind: 'nothing', reason: { code: 'not-in-vault' } });
    expect(await compartment.open(never)).toMatchObject({ kind: 'nothing', reason: { code: 'not-in-vault' } });
  }
});

test.each(['../../etc/passwd', 'AB'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)}\n`])(
  'the address %j is refused before it names a file',
  async (text) => {
    const compartment = await openCase(temporaryFolder());
    await expect(compartment.open(text as Sha256)).rejects.toMatchObject({ code: 'not-a-digest' });
    expect(() => sha256Address(text)).toThrow();
  },
);

test('a source that fails leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const compartment = await openCase(folder);
  const source = async function* () {
    yield Buffer.from('half of it');
    throw new Error('connection lost');
  };
  await expect(compartment.put(source())).rejects.toThrow('connection lost');
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
  expect(await filesOf(folder)).toEqual([]);
});

test('an object with any one byte changed, cut short or lengthened is never read to its end', async () => {
  const folder = temporaryFolder();
  const compartment = await openCase(folder);
  const { sha256, file } = await putFile(folder, compartment, Buffer.from('original'));
  const stored = await readFile(file);
  for (let at = 0; at < stored.length; at++) {
    const copy = Buffer.from(stored);
    copy[at] = (copy[at] as number) ^ (1 << (at % 8));
    await overwrite(file, copy);
    await expect(readBack(compartment, sha256)).rejects.toMatchObject({ code: 'damaged' });
  }
  for (const copy of [stored.subarray(0, -1), Buffer.alloc(0), Buffer.concat([stored, Buffer.alloc(1)])]) {
    await overwrite(file, copy);
    await expect(readBack(compartment, sha256)).rejects.toMatchObject({ code: 'damaged' });
  }
  // And the next put of the bytes makes it good again.
  expect((await compartment.put(Buffer.from('original'))).status).toBe('stored');
  expect((await readBack(compartment, sha256)).toString()).toBe('original');
});

test('a scrub names what is damaged, missing, foreign or without its key, and goes on from where it was', async () => {
  const folder = temporaryFolder();
  const vault = await openFolderVault(folder);
  const compartment = vault.forCase('case-1');
  const made = [];
  for (const text of ['good', 'flipped', 'cut', 'exchanged', 'lost']) {
    made.push(await putFile(folder, compartment, Buffer.from(text)));
  }
  const [, flipped, cut, exchanged, lost] = made as [unknown, ...{ sha256: Sha256; file: string }[]];
  const spoilt = await readFile(flipped!.file);
  spoilt[spoilt.length - 1]! ^= 1;
  await overwrite(flipped!.file, spoilt);
  await overwrite(cut!.file, Buffer.alloc(0));
  await cp((made[0] as { file: string }).file, `${exchanged!.file}.copy`);
  await rename(`${exchanged!.file}.copy`, exchanged!.file);
  await rm(lost!.file);
  await mkdir(path.join(folder, 'objects', 'zz'));
  await writeFile(path.join(folder, 'objects', 'zz', 'notes.txt'), 'mine');
  const elsewhere = await putFile(folder, vault.forCase('case-2'), Buffer.from('no key'));
  for (const key of await readdir(path.join(folder, 'keys'))) {
    const file = path.join(folder, 'keys', key);
    if ((await readFile(file, 'utf8')).includes('case-2')) await rm(file);
  }

  const expected = made.map(({ sha256 }) => ({ caseRef: 'case-1', sha256 }));
  const seen: unknown[] = [];
  const report = await vault.scrub({ expected, onProgress: ({ reached }) => void seen.push(reached) });
  expect(report).toMatchObject({ objects: 4, end: 'complete' });
  const kindOf = (file: string) =>
    report.findings.find((finding) => 'name' in finding && finding.name === path.basename(file))?.kind;
  expect([flipped, cut, exchanged].map((one) => kindOf(one!.file))).toEqual(['damaged', 'damaged', 'damaged']);
  expect(kindOf(elsewhere.file)).toBe('key-missing');
  expect(report.findings.filter(({ kind }) => kind === 'missing' || kind === 'foreign')).toEqual([
    { kind: 'foreign', path: path.join('objects', 'zz', 'notes.txt') },
    { kind: 'missing', caseRef: 'case-1', sha256: lost!.sha256 },
  ]);
  expect(report.findings.length).toBe(6);

  const stop = new AbortController();
  const half = await vault.scrub({ signal: stop.signal, onProgress: () => stop.abort() });
  expect(half).toMatchObject({ end: 'interrupted', reached: seen[0] });
  const rest = await vault.scrub({ after: half.reached! });
  expect(half.objects + rest.objects).toBe(4);
});
