import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { PackageSource, SourceEntry } from '../ports.js';

const atOnce = 1 << 20;
/** A link put there after the folder was listed. Windows has no such flag. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/** A package as a folder. Links are told and never followed. */
export const folderSource = (folder: string): PackageSource => ({
  list: () => entriesOf(folder, ''),
  read: async function* (name) {
    const handle = await open(path.join(folder, ...name.split('/')), constants.O_RDONLY | noFollow);
    try {
      const buffer = Buffer.allocUnsafe(atOnce);
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, atOnce);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  },
  close: async () => {},
});

async function* entriesOf(folder: string, prefix: string): AsyncGenerator<SourceEntry> {
  const here = path.join(folder, ...prefix.split('/'));
  // As bytes, since a name on a disk need not be Unicode.
  const entries = await readdir(here, { withFileTypes: true, encoding: 'buffer' });
  if (entries.length === 0 && prefix !== '') yield { path: prefix.slice(0, -1), kind: 'empty-folder', bytes: 0n };
  for (const entry of entries) {
    const name = entry.name.toString('utf8');
    const at = `${prefix}${name}`;
    if (!Buffer.from(name, 'utf8').equals(entry.name)) yield { path: at, kind: 'unreadable-name', bytes: 0n };
    else if (entry.isDirectory()) yield* entriesOf(folder, `${at}/`);
    else yield { path: at, kind: kindOf(entry), bytes: entry.isFile() ? await sizeOf(path.join(here, name)) : 0n };
  }
}

const kindOf = (entry: Dirent<Buffer>): SourceEntry['kind'] => {
  if (entry.isFile()) return 'file';
  return entry.isSymbolicLink() ? 'link' : 'special';
};

const sizeOf = async (file: string): Promise<bigint> => (await lstat(file, { bigint: true })).size;
