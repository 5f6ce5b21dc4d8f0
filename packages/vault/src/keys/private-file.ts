import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../store/durable.js';

/** Writes a file of its owner alone unless it is there: of two that do so together, one wins. Durable. */
export const writeOnce = async (file: string, text: string): Promise<'written' | 'already-there'> => {
  const aside = await writeAside(file, text);
  try {
    await link(aside, file);
    return 'written';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return 'already-there';
  } finally {
    await rm(aside);
    await syncFolder(path.dirname(file));
  }
};

/** Writes a file in the place of the one before. Durable; whoever reads meanwhile reads one or the other. */
export const writeOver = async (file: string, text: string): Promise<void> => {
  await rename(await writeAside(file, text), file);
  await syncFolder(path.dirname(file));
};

/**
 * Overwrites a file with random bytes, puts that on the disk, and removes the file. A journal, a snapshot or the wear
 * levelling of a flash disk may still hold the old bytes: what lay in it must have been encrypted besides.
 */
export const destroyFile = async (file: string): Promise<'destroyed' | 'not-there'> => {
  try {
    const handle = await open(file, 'r+');
    try {
      const { size } = await handle.stat();
      await handle.write(randomBytes(size), 0, size, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await unlink(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'not-there';
    throw error;
  }
  await syncFolder(path.dirname(file));
  return 'destroyed';
};

const writeAside = async (file: string, text: string): Promise<string> => {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, text, { mode: 0o600, flag: 'wx', flush: true });
  return aside;
};
