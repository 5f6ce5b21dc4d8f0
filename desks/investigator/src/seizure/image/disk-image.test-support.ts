import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';

const makers = ['mke2fs', 'sfdisk', 'mkfs.vfat', 'mcopy', 'mdel', 'ewfacquire'];
const readers = ['ewfinfo', 'ewfverify', 'img_stat', 'mmls', 'fsstat', 'fls', 'icat', 'istat'];
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, MTOOLS_SKIP_CHECK: '1', LC_ALL: 'C.UTF-8' };

/** What has to be installed before images can be made and read here. */
export const missingImageTools: readonly string[] = [...makers, ...readers].filter(
  (tool) => spawnSync('which', [tool], { env }).status !== 0,
);

/** To be the title of whatever needs them. */
export const skippedWithoutImageTools = `skipped without sleuthkit, ewf-tools, e2fsprogs, fdisk, dosfstools, mtools; missing: ${missingImageTools.join(', ') || 'none'}`;

const run = (tool: string, parameters: readonly string[], input?: string): void =>
  void execFileSync(tool, parameters, { env, stdio: ['pipe', 'ignore', 'ignore'], input });

/** A file without content that is as long as this takes no room on the disk. */
type Files = Readonly<Record<string, string | Uint8Array | { readonly zeros: number }>>;

const spread = async (folder: string, files: Files): Promise<string> => {
  const at = path.join(folder, 'content');
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(at, name)), { recursive: true });
    if (typeof bytes === 'object' && 'zeros' in bytes) await empty(path.join(at, name), bytes.zeros);
    else await writeFile(path.join(at, name), bytes);
  }
  return at;
};

const empty = async (file: string, bytes: number): Promise<void> => {
  await writeFile(file, '');
  await truncate(file, bytes);
};

export const linuxStart = 2048;

const sectorBytes = 512;

/**
 * A raw disk: ext4 with these files, and a second volume that nobody can read. Without root or mount.
 * @param mebibytes of ext4
 */
export const makeLinuxDisk = async (file: string, files: Files, mebibytes = 28): Promise<void> => {
  const folder = `${file}.parts`;
  const content = await spread(folder, files);
  const sectors = (mebibytes * 2 ** 20) / sectorBytes;
  await empty(file, (linuxStart + sectors + 4096) * sectorBytes);
  const volumes = [
    `start=${linuxStart}, size=${sectors}, type=83`,
    `start=${linuxStart + sectors}, size=4096, type=82`,
  ];
  run('sfdisk', ['-q', file], `label: dos\n${volumes.join('\n')}\n`);
  const offset = `offset=${linuxStart * sectorBytes}`;
  // Of few inodes: fls looks through all of them for what was deleted.
  run('mke2fs', ['-q', '-t', 'ext4', '-N', '1024', '-E', offset, '-d', content, file, `${mebibytes}m`]);
  await rm(folder, { recursive: true });
};

/** A raw disk of 16 MiB without partitions: FAT16 with these files, some of them deleted again. */
export const makeFatDisk = async (file: string, files: Files, deleted: readonly string[] = []): Promise<void> => {
  const folder = `${file}.parts`;
  const content = await spread(folder, files);
  await empty(file, 16 << 20);
  run('mkfs.vfat', ['-F', '16', file]);
  const tops = new Set(Object.keys(files).map((name) => path.join(content, name.split('/')[0] ?? name)));
  run('mcopy', ['-s', '-i', file, ...tops, '::']);
  for (const name of deleted) run('mdel', ['-i', file, `::${name}`]);
  await rm(folder, { recursive: true });
};

/** @returns the first file of an E01 of a disk */
export const acquireDisk = (disk: string, target: string): string => {
  run('ewfacquire', ['-u', '-q', '-f', 'encase6', '-c', 'deflate:fast', '-t', target, disk]);
  return `${target}.E01`;
};
