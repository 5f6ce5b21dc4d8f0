import { createHash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesSource } from '../bytes/archive-source.js';
import { takeCensus } from '../census/take-census.js';
import { censusOf, fixture, fixturePath, fixtures, words } from '../fixtures.test-support.js';
import type { UnpackLimits } from './limits.js';
import { openMemberTester } from './member-tester.js';
import type { UnpackOutcome } from './outcomes.js';
import { storedZip } from './stored-zip.test-support.js';
import { unpackArchive } from './unpack-archive.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela unpack '));
});
afterAll(() => rm(folder, { recursive: true }));

interface Result {
  readonly outcome: UnpackOutcome;
  readonly contents: Record<string, { size: number; sha256: string }>;
}

const unpack = async (
  files: readonly string[],
  password: string,
  limits: Partial<UnpackLimits> = {},
): Promise<Result> => {
  const { format, locks } = await censusOf(await readFile(files[0]!));
  const check = locks[0]?.check;
  const handles: FileHandle[] = await Promise.all(files.map((file) => open(file)));
  const contents: Result['contents'] = {};
  let name = '';
  let pieces: Uint8Array[] = [];
  try {
    const volumes = await Promise.all(
      handles.map(async (handle, at) => ({
        name: path.basename(files[at]!),
        descriptor: handle.fd,
        bytes: (await handle.stat()).size,
      })),
    );
    const outcome = await unpackArchive({
      format,
      volumes,
      password,
      ...(check === undefined ? {} : { check }),
      limits,
      receiver: {
        begin: (memberPath) => {
          name = memberPath;
          pieces = [];
        },
        data: (bytes) => void pieces.push(Uint8Array.from(bytes)),
        end: () => {
          const bytes = Buffer.concat(pieces);
          contents[name] = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
        },
      },
    });
    return { outcome, contents };
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
};

test.each(fixtures)(
  '$id unpacks with its password to what the manifest says',
  async ({ files, password, contents }) => {
    const result = await unpack(files.map(fixturePath), password);
    expect(result.contents).toEqual(contents);
    expect(result.outcome).toMatchObject({ kind: 'done', value: { members: Object.keys(contents).length } });
  },
);

test.each(fixtures)('$id with another password is told as the format allows', async ({ id, files }) => {
  const { outcome } = await unpack(files.map(fixturePath), 'another');
  const code = /^(?:rar5|zip-aes)/.test(id) ? 'wrong-password' : 'wrong-password-or-damaged';
  expect(outcome).toMatchObject({ kind: 'refused', reason: { code } });
});

test('a stored member of RAR3 with another password is never handed out as if it were unpacked', async () => {
  const { outcome } = await unpack([fixturePath('rar3-data-stored.rar')], 'willow1');
  expect(outcome.kind).toBe('refused');
});

test.each([
  ['rar5-data.rar', 'sunflower42', 900, 'damaged'],
  ['zip-aes256.zip', 'copperbell', 900, 'damaged'],
  ['rar3-data-stored.rar', 'willow2', 1000, 'damaged'],
  ['rar3-data.rar', 'willow1', 200, 'wrong-password-or-damaged'],
  ['zip-zipcrypto.zip', 'kitetail8', 100, 'wrong-password-or-damaged'],
  ['7z-data.7z', 'lanternfish', 900, 'wrong-password-or-damaged'],
] as const)(
  'damage of %s is told from a wrong password where the format allows it',
  async (name, password, at, code) => {
    const bytes = await fixture(name);
    bytes[at]! ^= 1;
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    expect((await unpack([file], password)).outcome).toMatchObject({ kind: 'refused', reason: { code } });
  },
);

test('a missing volume is said', async () => {
  const files = ['rar5-multi.part1.rar', 'rar5-multi.part2.rar'].map(fixturePath);
  expect((await unpack(files, 'harbour9')).outcome).toMatchObject({ reason: { code: 'volume-missing' } });
});

test.each<[string, Partial<UnpackLimits>, string]>([
  ['bytes', { bytes: 500 }, 'bytes-limit'],
  ['the ratio', { ratio: 0.5 }, 'ratio-limit'],
  ['members', { members: 1 }, 'members-limit'],
  ['time', { milliseconds: 1 }, 'time-limit'],
])('the limit of %s is reached and said', async (_, limits, code) => {
  const { outcome } = await unpack([fixturePath('rar5-data.rar')], 'sunflower42', limits);
  expect(outcome).toMatchObject({ kind: 'limited', reason: { code } });
});

test('a compressed member of RAR3 is opened by its password and by no other word', async () => {
  const [lock] = (await censusOf(await fixture('rar3-data.rar'))).locks;
  const { check } = lock!;
  if (check.scheme !== 'rar3-member') throw new Error(check.scheme);
  const tester = openMemberTester();
  const opening: string[] = [];
  for (const word of words) if ((await tester.check(check, word)) === 'opens') opening.push(word);
  tester.close();
  expect(opening).toEqual(['willow1']);
});

test('names that climb are data and never a place, and links are refused', async () => {
  const bytes = Buffer.from('harmless');
  const file = path.join(folder, 'climbing.zip');
  await writeFile(
    file,
    storedZip(['../../evil.txt', '/etc/evil', 'C:\\evil', 'a/../../b'].map((name) => ({ name, bytes }))),
  );
  const { outcome, contents } = await unpack([file], '');
  expect(outcome.kind).toBe('done');
  for (const name of Object.keys(contents)) expect(name).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)/);

  const linking = path.join(folder, 'linking.zip');
  await writeFile(linking, storedZip([{ name: 'link', bytes: Buffer.from('/etc/passwd'), mode: 0o120777 }]));
  const linked = await unpack([linking], '');
  expect(linked.outcome.kind === 'refused' || linked.contents.link?.size === 11).toBe(true);
});

test('whatever is cut off or changed ends in a named outcome, and this process goes on', {
  timeout: 120_000,
}, async () => {
  const files = fixtures.filter((archive) => archive.files.length === 1);
  const damage = fc.record({ which: fc.nat(files.length - 1), at: fc.nat(1700), byte: fc.nat(255), cut: fc.nat(300) });
  await fc.assert(
    fc.asyncProperty(damage, async ({ which, at, byte, cut }) => {
      const archive = files[which]!;
      const whole = await fixture(archive.files[0]!);
      whole[at % whole.length] = byte;
      const bytes = whole.subarray(0, whole.length - cut);
      const file = path.join(folder, archive.files[0]!);
      await writeFile(file, bytes);
      const census = await takeCensus(bytesSource(bytes));
      if (census.kind !== 'done') return;
      expect(['done', 'refused', 'limited', 'failed']).toContain((await unpack([file], archive.password)).outcome.kind);
    }),
    { numRuns: process.env.TUTELA_LONG === undefined ? 20 : 2000 },
  );
});
