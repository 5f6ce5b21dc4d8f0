import { randomBytes } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a file that is whole or not there, on the disk before this returns. Of several who make the same one, in one
 * process or many, exactly one is told `made`.
 */
export const makeOnce = async (folder: string, name: string, text: string): Promise<'made' | 'there-already'> => {
  const aside = path.join(folder, `${asidePrefix}${randomBytes(8).toString('hex')}`);
  try {
    await writeThrough(aside, text);
    await link(aside, path.join(folder, name));
    return 'made';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'there-already';
    throw error;
  } finally {
    await rm(aside, { force: true });
    await syncFolder(folder);
  }
};

/** Begins the names of files that are not finished. */
export const asidePrefix = 'aside-';

const writeThrough = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Without it a name may be gone after a power cut, though its file is on the disk. */
const syncFolder = async (folder: string): Promise<void> => {
  // Windows opens no folders; its file systems keep names in their journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
