import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findTool, systemFolders, type ToolName, toolPackages } from './tool/tools.js';

const makers = ['mke2fs', 'mkfs.vfat', 'mcopy', 'mmd', 'mdel', 'sfdisk', 'ewfacquire'];
const folders = ['/usr/bin', '/usr/sbin', '/usr/local/bin'];

const isThere = (program: string): 'yes' | 'no' =>
  findTool(program as ToolName, folders) === undefined ? 'no' : 'yes';

/** What has to be installed before images can be made and read here. */
export const missingTools: readonly string[] = [
  ...Object.keys(toolPackages).filter((tool) => findTool(tool as ToolName, systemFolders) === undefined),
  ...makers.filter((maker) => isThere(maker) === 'no'),
];

const run = (program: string, parameters: readonly string[], input?: string): void => {
  const at = findTool(program as ToolName, folders) ?? program;
  execFileSync(at, parameters, {
    stdio: ['pipe', 'ignore', 'ignore'],
    input,
    env: { MTOOLS_SKIP_CHECK: '1', LC_ALL: 'C.UTF-8' },
  });
};

export const mebibyte = 2 ** 20;
const sectorBytes = 512;
export const linuxStart = 2048;
export const fatStart = linuxStart + (20 * mebibyte) / sectorBytes;
const fileSystemBytes = 20 * mebibyte;
export const diskBytes = 48 * mebibyte;

export interface FixtureImage {
  readonly raw: string;
  readonly e01: string;
  /** By the names they were given; `undefined` bytes never occur. */
  readonly linux: ReadonlyMap<string, Buffer>;
  readonly fat: ReadonlyMap<string, Buffer>;
  readonly deleted: Buffer;
}

const hard: readonly [string, Buffer][] = [
  ['plain.txt', Buffer.from('harmless\n'.repeat(100))],
  ['new\nline.txt', Buffer.from('a line feed in its name')],
  ['pipe|0|r|name.txt', Buffer.from('the separator in its name')],
  ['emoji-😀.bin', randomBytes(700_000)],
  ['..hidden', Buffer.from('two dots')],
  ['...', Buffer.from('three dots')],
  ['real (deleted)', Buffer.from('not deleted at all')],
  [' a -> b ', Buffer.from('an arrow')],
  ['tab\tescape\x1b[31m', Buffer.from('terminal')],
  ['empty', Buffer.alloc(0)],
];

/** A disk with an MBR, ext4 and FAT16, as a raw file and as E01; nothing is mounted and no root is needed. */
export const makeFixtureImage = async (folder: string): Promise<FixtureImage> => {
  const source = path.join(folder, 'source');
  mkdirSync(path.join(source, 'inner'), { recursive: true });
  const linux = new Map(hard.map(([name, bytes]) => [`inner/${name}`, bytes]));
  for (const [name, bytes] of linux) writeFileSync(path.join(source, name), bytes);
  symlinkSync('/etc/a -> b', path.join(source, 'link -> one'));
  const ext = await emptyFile(path.join(folder, 'ext4'), fileSystemBytes);
  run('mke2fs', ['-q', '-t', 'ext4', '-d', source, ext]);

  const fatFile = await emptyFile(path.join(folder, 'fat16'), fileSystemBytes);
  run('mkfs.vfat', ['-F', '16', fatFile]);
  const kept = randomBytes(50_000);
  const deleted = randomBytes(60_001);
  const keptFile = path.join(folder, 'kept');
  const deletedFile = path.join(folder, 'deleted');
  writeFileSync(keptFile, kept);
  writeFileSync(deletedFile, deleted);
  run('mmd', ['-i', fatFile, '::PHOTOS']);
  run('mcopy', ['-i', fatFile, keptFile, '::PHOTOS/KEPT.JPG']);
  run('mcopy', ['-i', fatFile, deletedFile, '::DELETED.JPG']);
  run('mcopy', ['-i', fatFile, keptFile, '::a long name with ü.jpg']);
  run('mdel', ['-i', fatFile, '::DELETED.JPG']);

  const raw = await emptyFile(path.join(folder, 'disk.raw'), diskBytes);
  const table = `label: dos\nstart=${linuxStart}, size=40960, type=83\nstart=${fatStart}, size=40960, type=06\n`;
  run('sfdisk', ['-q', raw], table);
  await putInto(raw, ext, linuxStart * sectorBytes);
  await putInto(raw, fatFile, fatStart * sectorBytes);
  const target = path.join(folder, 'disk');
  run('ewfacquire', ['-u', '-q', '-f', 'encase6', '-c', 'deflate:fast', '-t', target, raw]);
  const fat = new Map([
    ['PHOTOS/KEPT.JPG', kept],
    ['a long name with ü.jpg', kept],
  ]);
  return { raw, e01: `${target}.E01`, linux, fat, deleted };
};

const emptyFile = async (file: string, bytes: number): Promise<string> => {
  writeFileSync(file, '');
  truncateSync(file, bytes);
  return file;
};

const putInto = async (disk: string, part: string, position: number): Promise<void> => {
  const file = await open(disk, 'r+');
  await file.write(await readFile(part), 0, undefined, position);
  await file.close();
};
