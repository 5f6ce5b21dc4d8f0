import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Outcome } from '@tutela/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEwfFacts } from './ewf/ewf-facts.js';
import { verifyEwf } from './ewf/verify-ewf.js';
import {
  diskBytes,
  type FixtureImage,
  fatStart,
  linuxStart,
  makeFixtureImage,
  mebibyte,
  missingTools,
} from './fixture-image.test-support.js';
import type { ImageEntry } from './listing/entry.js';
import { listFiles } from './listing/list-files.js';
import { type ImageLocation, type OpenImage, openImage } from './open-image.js';
import { digestImage } from './reading/digest-image.js';
import { pullImageFile } from './reading/pull-file.js';
import { readImageFile } from './reading/read-file.js';
import { streamImage } from './reading/stream-image.js';
import type { ImageDeps, ToolRun } from './tool/tool-run.js';
import { readVolumes } from './volume/read-volumes.js';

const title = 'disk images (skipped where sleuthkit, ewf-tools, e2fsprogs, dosfstools, mtools or fdisk are missing)';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const mustBeDone = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.kind}: ${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};

describe.skipIf(missingTools.length > 0)(title, () => {
  let folder: string;
  let disk: FixtureImage;
  let before: readonly string[];
  const runs: ToolRun[] = [];
  const deps: ImageDeps = { record: (run) => void runs.push(run) };
  const open = async (file: string, more: Partial<ImageLocation> = {}): Promise<OpenImage> =>
    mustBeDone(await openImage(deps, { paths: [file], ...more }));
  const list = async (image: OpenImage, startSector: number): Promise<readonly ImageEntry[]> => {
    const entries: ImageEntry[] = [];
    const listed = await listFiles(image, { startSector }, (entry) => void entries.push(entry));
    expect(mustBeDone(listed)).toEqual({ entries: entries.length, notUnderstood: [], complaints: '' });
    return entries;
  };
  const read = async (image: OpenImage, startSector: number, entry: ImageEntry, more = {}) => {
    const pieces: Buffer[] = [];
    const receive = (piece: Buffer): void => void pieces.push(Buffer.from(piece));
    const outcome = await readImageFile({ image, volume: { startSector }, entry, receive, ...more });
    return { outcome, bytes: Buffer.concat(pieces) };
  };
  const named = (entries: readonly ImageEntry[], name: string): ImageEntry => {
    const found = entries.find((entry) => entry.path.toString() === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  /** A copy of the image with something done to it. */
  const changed = (name: string, change: (bytes: Buffer) => Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, change(readFileSync(disk.e01)));
    return file;
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'tutela image '));
    disk = await makeFixtureImage(folder);
    before = [disk.raw, disk.e01].map((file) => sha256(readFileSync(file)));
  }, 60_000);
  afterAll(() => {
    expect([disk.raw, disk.e01].map((file) => sha256(readFileSync(file)))).toEqual(before);
    rmSync(folder, { recursive: true });
  });

  describe.each(['raw', 'e01'] as const)('as %s', (form) => {
    test('shows its partitions and what they hold', async () => {
      const { scheme, volumes } = mustBeDone(await readVolumes(await open(disk[form])));
      expect(scheme).toBe('DOS Partition Table');
      expect(volumes.map(({ startSector, fileSystem }) => [startSector, mustBeDone(fileSystem)])).toEqual([
        [linuxStart, 'ext4'],
        [fatStart, 'fat16'],
      ]);
    });

    test('gives every file back as it was put in, with names that mislead', async () => {
      const image = await open(disk[form]);
      const wanted = [
        [linuxStart, disk.linux],
        [fatStart, disk.fat],
      ] as const;
      for (const [start, files] of wanted) {
        const entries = await list(image, start);
        for (const [name, content] of files) {
          const shown = named(entries, name.replaceAll(/\p{Cc}/gu, '^'));
          expect(shown).toMatchObject({ kind: 'file', state: 'allocated', size: content.length });
          const { outcome, bytes } = await read(image, start, shown);
          expect(outcome).toEqual({ kind: 'done', value: { bytes: content.length } });
          expect(sha256(bytes)).toBe(sha256(content));
        }
      }
    });

    test('gives a deleted file of FAT back, its first letter lost', async () => {
      const image = await open(disk[form]);
      const deleted = (await list(image, fatStart)).filter(({ state }) => state !== 'allocated');
      expect(deleted.map((entry) => entry.path.toString())).toEqual(['_ELETED.JPG']);
      const { outcome, bytes } = await read(image, fatStart, deleted[0]!);
      expect(outcome.kind).toBe('done');
      expect(sha256(bytes)).toBe(sha256(disk.deleted));
    });

    test('has the digests of the disk, with one for each extent', async () => {
      const content = readFileSync(disk.raw);
      const digests = mustBeDone(await digestImage(await open(disk[form]), 20 * mebibyte));
      expect(digests).toMatchObject({
        bytes: diskBytes,
        sha256: sha256(content),
        md5: createHash('md5').update(content).digest('hex'),
        stored: form === 'raw' ? 'none' : 'agrees',
      });
      expect(digests.extents).toEqual(
        [0, 20, 40].map((at) => sha256(content.subarray(at * mebibyte, (at + 20) * mebibyte))),
      );
    });
  });

  test('a file that is called deleted is not taken for one', async () => {
    const entries = await list(await open(disk.raw), linuxStart);
    expect(named(entries, 'inner/real (deleted)').state).toBe('allocated');
    expect(named(entries, 'link -> one').kind).toBe('link');
  });

  test('local times of FAT are read in the declared zone', async () => {
    const time = async (zone: string): Promise<number> => {
      const entries = await list(await open(disk.raw, { zone }), fatStart);
      return Date.parse(named(entries, 'PHOTOS/KEPT.JPG').times.modified!);
    };
    expect((await time('America/Bogota')) - (await time('UTC'))).toBe(5 * 3_600_000);
    expect(await openImage(deps, { paths: [disk.raw], zone: 'Nowhere/Land' })).toMatchObject({ kind: 'refused' });
  });

  test('every run is on record with its version and arguments', async () => {
    runs.length = 0;
    await list(await open(disk.e01), fatStart);
    expect(runs.map(({ tool }) => tool)).toEqual(['img_stat', 'ewfinfo', 'fls', 'fls']);
    expect(runs.at(-1)).toMatchObject({
      version: expect.stringMatching(/^The Sleuth Kit ver \d/),
      parameters: ['-i', 'ewf', '-r', '-p', '-m', '', '-d', '-o', `${fatStart}`, expect.stringContaining('disk.E01')],
      exitCode: 0,
      endedBy: 'itself',
      zone: 'UTC',
    });
  });

  test('an E01 tells its MD5, and no SHA-256', async () => {
    const facts = mustBeDone(await readEwfFacts(await open(disk.e01)));
    const md5 = createHash('md5').update(readFileSync(disk.raw)).digest('hex');
    expect(facts).toMatchObject({ md5, sha1: null, condition: 'not-said', said: { 'File format': 'EnCase 6' } });
    expect(mustBeDone(await verifyEwf(await open(disk.e01)))).toEqual({
      storedMd5: md5,
      computedMd5: md5,
      damaged: [],
    });
    expect(await readEwfFacts(await open(disk.raw))).toMatchObject({ reason: { code: 'not-ewf' } });
  });

  describe('damaged', () => {
    /** What is random is kept as it is in an E01, so that a file's content can be found in it. */
    const spoil = (bytes: Buffer): Buffer => {
      const content = disk.linux.get('inner/emoji-😀.bin')!;
      const at = bytes.indexOf(content.subarray(350_000, 350_064));
      return bytes.fill(0x55, at, at + 64);
    };

    test('damage that the tools pass over in silence makes no digest', async () => {
      const image = await open(changed('spoilt.E01', spoil));
      expect(await digestImage(image)).toMatchObject({ kind: 'failed', reason: { code: 'damaged' } });
    });

    test('a file in a damaged place is told from those beside it', async () => {
      const image = await open(changed('spoilt.E01', spoil));
      const { damaged } = mustBeDone(await verifyEwf(image));
      expect(damaged).toHaveLength(1);
      const results = new Map<string, string>();
      for (const start of [linuxStart, fatStart])
        for (const entry of await list(image, start)) {
          if (entry.kind !== 'file') continue;
          const { outcome, bytes } = await read(image, start, entry, { damaged });
          const name = entry.path.toString();
          results.set(name, outcome.kind === 'done' ? 'done' : outcome.reason.code);
          const put = (start === fatStart ? disk.fat : disk.linux).get(name);
          if (put !== undefined && outcome.kind === 'done') expect(sha256(bytes)).toBe(sha256(put));
        }
      expect(results.get('inner/emoji-😀.bin')).toBe('damaged');
      expect(results.get('PHOTOS/KEPT.JPG')).toBe('done');
      expect(results.get('inner/plain.txt')).toBe('done');
      expect(results.get('_ELETED.JPG')).toBe('damage-unknown');
    });

    test('an E01 that is cut off does not open', async () => {
      const file = changed('cut.E01', (bytes) => bytes.subarray(0, bytes.length / 2));
      expect(await openImage(deps, { paths: [file] })).toMatchObject({
        kind: 'failed',
        reason: { code: 'damaged-image' },
      });
    });

    test('a raw image that is cut off gives what is left and names what is not', async () => {
      const file = path.join(folder, 'cut.raw');
      copyFileSync(disk.raw, file);
      const entries = await list(await open(disk.raw), fatStart);
      truncateSync(file, fatStart * 512 + 130_000);
      const image = await open(file);
      const { outcome, bytes } = await read(image, fatStart, named(entries, 'a long name with ü.jpg'));
      expect(outcome).toMatchObject({ kind: 'failed', reason: { code: 'read-error' } });
      expect(bytes.length).toBeLessThan(50_000);
      truncateSync(file, 10 * mebibyte);
      const { volumes } = mustBeDone(await readVolumes(await open(file)));
      expect(volumes.at(-1)?.fileSystem).toMatchObject({ kind: 'failed', reason: { code: 'beyond-the-image' } });
    });

    test('an inode that is none, a size that is another, a name whose place is taken', async () => {
      const image = await open(disk.raw);
      const plain = named(await list(image, linuxStart), 'inner/plain.txt');
      const codes = [];
      for (const other of [
        { inode: '999999' },
        { size: plain.size - 1 },
        { size: plain.size + 1 },
        { state: 'reallocated' as const },
        { kind: 'folder' as const },
      ]) {
        const { outcome } = await read(image, linuxStart, { ...plain, ...other });
        codes.push(outcome.kind === 'done' ? 'done' : outcome.reason.code);
      }
      expect(codes).toEqual(['read-error', 'too-long', 'too-short', 'reallocated', 'not-a-file']);
    });
  });

  test('what is not read here is refused by its name', async () => {
    const of = async (name: string, bytes: Buffer) => {
      const file = path.join(folder, name);
      writeFileSync(file, bytes);
      const opened = await openImage(deps, { paths: [file] });
      return opened.kind === 'done' ? mustBeDone(await readVolumes(opened.value)).volumes[0]?.fileSystem : opened;
    };
    const at = (position: number, sign: string): Buffer => {
      const bytes = Buffer.alloc(mebibyte);
      bytes.write(sign, position, 'latin1');
      return bytes;
    };
    expect(await of('a.Ex01', at(0, 'EVF2\r\n\x81\0'))).toMatchObject({
      reason: { message: expect.stringContaining('Ex01') },
    });
    expect(await of('a.aff4', at(0, 'PK\x03\x04 container.description'))).toMatchObject({
      reason: { message: expect.stringContaining('AFF4') },
    });
    expect(await of('xfs', at(0, 'XFSB'))).toMatchObject({
      kind: 'refused',
      reason: { message: expect.stringContaining('XFS') },
    });
    expect(await of('btrfs', at(65_600, '_BHRfS_M'))).toMatchObject({
      kind: 'refused',
      reason: { message: expect.stringContaining('btrfs') },
    });
    expect(await of('zeros', at(0, ''))).toMatchObject({ kind: 'failed', reason: { code: 'no-file-system' } });
    expect(await of('empty', Buffer.alloc(0))).toMatchObject({ kind: 'failed', reason: { code: 'unreadable-image' } });
    expect(await openImage(deps, { paths: [path.join(folder, 'none')] })).toMatchObject({
      kind: 'refused',
      reason: { code: 'missing-file' },
    });
  });

  test('a file is drawn in rooms of any size, and left off in the middle', async () => {
    const image = await open(disk.e01);
    const name = 'inner/emoji-😀.bin';
    const reading = { image, volume: { startSector: linuxStart }, entry: named(await list(image, linuxStart), name) };
    const pull = pullImageFile(reading);
    const pieces: Buffer[] = [];
    for (let filled = -1; filled !== 0; ) {
      const room = Buffer.alloc(99_999);
      filled = await pull.read(room);
      pieces.push(room.subarray(0, filled));
    }
    expect(pieces.map(({ length }) => length)).toEqual([...Array.from({ length: 7 }, () => 99_999), 7, 0]);
    expect(sha256(Buffer.concat(pieces))).toBe(sha256(disk.linux.get(name)!));
    expect(await pull.end()).toEqual({ kind: 'done', value: { bytes: 700_000 } });
    const left = pullImageFile(reading);
    expect(await left.read(Buffer.alloc(1000))).toBe(1000);
    expect(await left.end()).toMatchObject({ kind: 'limited', reason: { code: 'stopped' } });
  });

  test.each(['raw', 'e01'] as const)('reading %s stops when it is told to', async (form) => {
    const stop = new AbortController();
    const image = mustBeDone(await openImage({ ...deps, stop: stop.signal }, { paths: [disk[form]] }));
    let bytes = 0;
    const outcome = await streamImage(image, (piece) => {
      bytes += piece.length;
      stop.abort();
    });
    expect(outcome).toMatchObject({ kind: 'limited', reason: { code: 'stopped' } });
    expect(bytes).toBeLessThan(diskBytes);
    expect(await readVolumes(image)).toMatchObject({ reason: { code: 'stopped' } });
  });

  test('a limit ends in a limited outcome, and what came before was handed on', async () => {
    const image = { ...(await open(disk.raw)), deps: { ...deps, limits: { bytes: 100_000 } } };
    const big = named(await list(await open(disk.raw), linuxStart), 'inner/emoji-😀.bin');
    const { outcome } = await read(image, linuxStart, big);
    expect(outcome).toMatchObject({ kind: 'limited', reason: { code: 'bytes-limit' } });
  });
});

test('where the tools are missing, what to install is said', async () => {
  const deps: ImageDeps = { record: () => undefined, toolFolders: [] };
  const opened = await openImage(deps, { paths: [process.execPath], format: 'raw' });
  expect(opened).toMatchObject({
    kind: 'refused',
    reason: { code: 'tool-missing', message: expect.stringContaining('apt-get install sleuthkit') },
  });
});
