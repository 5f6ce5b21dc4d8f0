import { createHash } from 'node:crypto';
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { DatabaseError } from '../database-error.js';

/** Where an embedded server keeps its things. */
export interface Places {
  /** The cluster; survives. */
  readonly cluster: string;
  readonly log: string;
  /** Holds the sockets, mode 0700. Short, since a socket path ends at 107 bytes and a data folder may be deep. */
  readonly runtime: string;
  readonly keeperSocket: string;
}

/**
 * @param dataFolder created when missing
 * @throws DatabaseError `runtime-folder-not-ours` when someone else made the folder first: whoever owns it could
 * stand between us and the database.
 */
export const placesOf = async (dataFolder: string): Promise<Places> => {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const real = await realpath(dataFolder);
  const { uid } = userInfo();
  const mine = path.join(tmpdir(), `tutela-${uid}`);
  const name = createHash('sha256').update(real).digest('hex').slice(0, 12);
  const runtime = path.join(mine, name);
  for (const folder of [mine, runtime]) {
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const found = await lstat(folder);
    const open = process.platform !== 'win32' && (found.uid !== uid || (found.mode & 0o077) !== 0);
    if (!found.isDirectory() || open) {
      throw new DatabaseError('runtime-folder-not-ours', `${folder} belongs to somebody else or is open to others.`);
    }
  }
  return {
    cluster: path.join(real, 'postgres'),
    log: path.join(real, 'postgres.log'),
    runtime,
    keeperSocket: path.join(runtime, 'keeper.sock'),
  };
};
