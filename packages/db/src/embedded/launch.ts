import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { DatabaseError } from '../database-error.js';
import type { PostgresBinaries } from './binaries.js';
import type { Places } from './places.js';

/** The database role and owner of the embedded cluster. */
export const embeddedUser = 'tutela';

/**
 * What stands before a PostgreSQL program on this machine.
 *
 * PostgreSQL refuses to run as root. A user namespace that maps us to an ordinary uid satisfies it without a system
 * user and leaves the files ours. `setpriv` ends the server when the keeper dies, whatever killed it.
 */
const prefix = (program: string, args: readonly string[]): readonly string[] => {
  const words: string[] = [];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    words.push('unshare', '--user', '--map-user=1000', '--map-group=1000');
  }
  if (process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0) {
    words.push('setpriv', '--pdeathsig', 'INT');
  }
  return [...words, program, ...args];
};

const run = (program: string, args: readonly string[], log: string): ChildProcess => {
  const [first = program, ...rest] = prefix(program, args);
  const output = openSync(log, 'a', 0o600);
  return spawn(first, rest, { stdio: ['ignore', output, output], env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' } });
};

const exitCode = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

/**
 * Makes the cluster unless it is there. It is made beside its place and renamed, so that a kill leaves none or a
 * whole one, and of two makers one wins.
 * @throws DatabaseError `initdb-failed`
 */
export const makeCluster = async (binaries: PostgresBinaries, places: Places): Promise<void> => {
  if (await exists(places.cluster)) return;
  const fresh = `${places.cluster}.new-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  const options = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions'];
  const code = await exitCode(run(binaries.initdb, ['-D', fresh, '-U', embeddedUser, ...options], places.log));
  if (code !== 0) {
    const advice =
      process.getuid?.() === 0
        ? 'This machine forbids user namespaces to root: start Tutela as an ordinary user, or set DATABASE_URL.'
        : 'Set DATABASE_URL to use another PostgreSQL server.';
    throw new DatabaseError('initdb-failed', `PostgreSQL could not make its folder (see ${places.log}). ${advice}`);
  }
  await rename(fresh, places.cluster).catch(async (error: unknown) => {
    if (!(await exists(places.cluster))) throw error;
    await rm(fresh, { recursive: true, force: true });
  });
};

const exists = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined)) !== undefined;

/** Starts the server on a socket in the runtime folder; no port is opened. */
export const startServer = (binaries: PostgresBinaries, places: Places): ChildProcess => {
  const settings = {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    shared_buffers: '256MB',
    max_connections: '200',
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return run(binaries.postgres, ['-D', places.cluster, '-k', places.runtime, ...options], places.log);
};
