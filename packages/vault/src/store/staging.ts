import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { VaultError } from '../vault-error.js';

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
const abandonedAfterMs = 24 * 60 * 60 * 1000;

/** A name that tells a later start who was writing: `<host>.<process id>.<random>.part`. */
const newName = (): string => `${host}.${process.pid}.${randomUUID()}.part`;

/** A file being written. */
export interface StagedFile {
  readonly append: (bytes: Uint8Array) => Promise<void>;
  readonly overwrite: (at: number, bytes: Uint8Array) => Promise<void>;
}

export interface Staged<T> {
  readonly file: string;
  readonly value: T;
}

/**
 * Writes a new file in `folder` and puts it on the disk, read-only.
 * @returns its path and what `fill` returned. Nothing is left behind when `fill` or the disk fails.
 */
export const stage = async <T>(folder: string, fill: (file: StagedFile) => Promise<T>): Promise<Staged<T>> => {
  const file = path.join(folder, newName());
  const refused = rejectAsWriteFailed(file);
  const handle = await open(file, 'wx', 0o600).catch(refused);
  try {
    const value = await fill(stagedFile(handle, refused));
    await handle.chmod(0o400).catch(refused);
    await handle.datasync().catch(refused);
    await handle.close();
    return { file, value };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(file, { force: true });
    throw error;
  }
};

const stagedFile = (handle: FileHandle, refused: (cause: unknown) => never): StagedFile => ({
  append: (bytes) => handle.writeFile(bytes).catch(refused),
  overwrite: async (at, bytes) => {
    const { bytesWritten } = await handle.write(bytes, 0, bytes.length, at).catch(refused);
    if (bytesWritten !== bytes.length) refused(new Error('written in part'));
  },
});

const rejectAsWriteFailed =
  (file: string) =>
  (cause: unknown): never => {
    throw new VaultError('write-failed', `cannot write ${file}`, { cause });
  };

/**
 * Removes what killed processes left. A file stays while its writer may live: the same host and a living process id, or
 * another host and younger than a day (a vault can lie on a shared file system).
 */
export const sweepStaging = async (folder: string, now: number = Date.now()): Promise<void> => {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if ((await writerOf(name, file, now)) === 'gone') await rm(file, { force: true });
  }
};

const writerOf = async (name: string, file: string, now: number): Promise<'gone' | 'maybe-alive'> => {
  const written = await stat(file).catch(() => undefined);
  if (written === undefined) return 'maybe-alive';
  if (now - written.mtimeMs > abandonedAfterMs) return 'gone';
  const [, onHost, processId] = /^([0-9a-f]{12})\.(\d+)\.[0-9a-f-]{36}\.part$/.exec(name) ?? [];
  if (onHost !== host || processId === undefined) return 'maybe-alive';
  return processIsAlive(Number(processId)) ? 'maybe-alive' : 'gone';
};

const processIsAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
