import { randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { TutelaError } from '../tutela-error.js';

/** Makes a folder that is its owner's alone. @throws TutelaError `unreadable` when it is there and open to others */
export const makePrivateFolder = async (folder: string): Promise<void> => {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    const what = `The data folder ${folder} cannot be made.`;
    throw new TutelaError('unreadable', what, 'Choose another with --data or TUTELA_DATA.', { cause });
  });
  // The mode of mkdir is cut by the umask, and widened by none.
  if (made !== undefined) await chmod(folder, 0o700);
  await refuseOpen(folder, 0o700);
};

/** Writes a file unless it is there: of two that do so together, one wins and nobody reads half of it. */
export const writeOnce = async (file: string, text: string): Promise<void> => {
  const aside = await writeAside(file, text);
  try {
    await link(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside);
  }
};

/** Writes a file in the place of the one before. */
export const writePrivate = async (file: string, text: string): Promise<void> =>
  rename(await writeAside(file, text), file);

/** @returns `undefined` when it is not there @throws TutelaError `unreadable` when others may read it */
export const readPrivate = async (file: string): Promise<string | undefined> => {
  try {
    await refuseOpen(file, 0o600);
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const writeAside = async (file: string, text: string): Promise<string> => {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, text, { mode: 0o600, flag: 'wx', flush: true });
  return aside;
};

const refuseOpen = async (place: string, mode: number): Promise<void> => {
  const found = await lstat(place);
  // Windows has no such modes; the folder inherits what its owner's home allows.
  if (process.platform === 'win32') return;
  if ((found.mode & 0o077) === 0 && found.uid === process.getuid?.()) return;
  const advice = `Make it yours alone (chmod ${mode.toString(8)} ${JSON.stringify(place)}), or choose another with --data.`;
  throw new TutelaError('unreadable', `${place} holds secrets and is not its owner's alone.`, advice);
};
