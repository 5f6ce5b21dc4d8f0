import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesSource } from '../bytes/archive-source.js';
import { censusOf, fixture, fixtureFiles, fixtures } from '../fixtures.test-support.js';
import { takeCensus } from './take-census.js';

test.each(fixtures)(
  'the census of $id gives the hash line of the manifest',
  async ({ files, hashLine, hashcatMode }) => {
    const { locks } = await censusOf(await fixture(files[0]!));
    expect(locks).toHaveLength(1);
    const line = locks[0]!.hashcat;
    expect(line.kind === 'line' ? { mode: line.mode, line: line.line } : null).toEqual(
      hashLine === null ? null : { mode: hashcatMode, line: hashLine },
    );
  },
);

test.each(fixtures)('the volumes of $id are one lock', async ({ files }) => {
  const keys = await Promise.all(files.map(async (file) => (await censusOf(await fixture(file))).locks[0]!.key));
  expect(new Set(keys).size).toBe(1);
});

test('a volume of a RAR3 set with encrypted headers has no line that could not match', async () => {
  for (const file of ['rar3-hp-multi.part1.rar', 'rar3-hp-multi.part2.rar']) {
    const [lock] = (await censusOf(await fixture(file))).locks;
    expect(lock!.hashcat).toEqual({ kind: 'none', why: 'volume-end-block-not-constant' });
  }
});

test('names, sizes and plaintext checksums are read where the headers are open', async () => {
  const members = async (file: string) =>
    (await censusOf(await fixture(file))).members.map(({ name, bytes, crc32 }) => [name, bytes, crc32?.toString(16)]);
  const notes = ['notes.txt', 165, '2ac728f9'];
  const landscape = ['landscape.jpg', 1318, '1bb21617'];
  expect(await members('rar3-data.rar')).toEqual([notes, landscape]);
  expect(await members('zip-zipcrypto.zip')).toEqual([notes, landscape, ['readme.md', 101, '13a730dc']]);
  expect(await members('7z-data.7z')).toEqual([landscape, notes]);
  // RAR5 keys its checksums by the password, AE-2 leaves them out.
  expect(await members('rar5-data-blake2.rar')).toEqual([notes, landscape].map(withoutChecksum));
  expect(await members('zip-aes256.zip')).toEqual([landscape, notes].map(withoutChecksum));
});

const withoutChecksum = ([name, size]: readonly unknown[]): unknown[] => [name, size, undefined];

test.each(['rar5-hp.rar', 'rar3-hp.rar', '7z-hdr.7z'])('nothing of %s is named', async (file) => {
  const census = await censusOf(await fixture(file));
  expect(census).toMatchObject({ encryption: 'headers', members: [], memberNames: 'hidden' });
});

test('without the step list no name leaves the census, and the lock is the same', async () => {
  for (const { file } of fixtureFiles) {
    const bytes = await fixture(file);
    const asked = await censusOf(bytes);
    const outcome = await takeCensus(bytesSource(bytes), { names: 'do-not-ask' });
    expect(outcome).toMatchObject({ kind: 'done', value: { members: [], locks: asked.locks } });
    const text = JSON.stringify(outcome);
    for (const { name } of asked.members) expect(text).not.toContain(name);
  }
});

test('volumes are numbered and the last is known', async () => {
  const volumes = await Promise.all(
    [1, 2, 3, 4, 5].map(async (part) => (await censusOf(await fixture(`rar5-multi.part${part}.rar`))).volume),
  );
  expect(volumes).toEqual(
    [1, 2, 3, 4, 5].map((number) => ({ kind: 'part', number, last: number === 5 ? 'yes' : 'no' })),
  );
});

test('an archive behind a program is found', async () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5000, 7), await fixture('rar5-data.rar')]);
  expect((await censusOf(program)).locks).toEqual((await censusOf(await fixture('rar5-data.rar'))).locks);
});

test('a limit that is reached is said, and is no success', async () => {
  const limits = { members: 1, directoryBytes: 1000 };
  for (const file of ['rar5-data.rar', 'rar3-data.rar', 'zip-zipcrypto.zip', '7z-data.7z']) {
    const outcome = await takeCensus(bytesSource(await fixture(file)), { limits });
    expect(outcome).toMatchObject({ kind: 'limited', reason: { code: 'limit-reached' } });
  }
});

test('whatever is cut off or changed ends in a named outcome', { timeout: 60_000 }, async () => {
  const archives = await Promise.all(fixtureFiles.map(({ file }) => fixture(file)));
  const damage = fc.record({
    which: fc.nat(archives.length - 1),
    cut: fc.nat(2000),
    at: fc.nat(2000),
    byte: fc.nat(255),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ which, cut, at, byte }) => {
      const bytes = Buffer.from(archives[which]!);
      bytes[at % bytes.length] = byte;
      const outcome = await takeCensus(bytesSource(bytes.subarray(0, Math.max(bytes.length - cut, 8))));
      expect(['done', 'refused', 'limited']).toContain(outcome.kind);
    }),
    { numRuns: process.env.TUTELA_LONG === undefined ? 2000 : 100_000 },
  );
});

test('what is no archive is refused as that', async () => {
  expect(await takeCensus(bytesSource(Buffer.from('not an archive')))).toMatchObject({
    reason: { code: 'not-an-archive' },
  });
  expect(await takeCensus(bytesSource(Buffer.alloc(0)))).toMatchObject({ reason: { code: 'not-an-archive' } });
});
