import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { DigestsSoFar } from './digests.js';
import type { Bytes } from './vault.js';
import { VaultError } from './vault-error.js';

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
const abandonedAfterMs = 24 * 60 * 60 * 1000;

/** A name that tells a later start who was writing: `<host>.<process id>.<random>.part`. */
const newName = (): string => `${host}.${process.pid}.${randomUUID()}.part`;

/**
 * Writes `source` to a new file in `folder` and puts it on the disk, read-only; hashes on the way.
 * @returns its path. Nothing is left behind when the source or the disk fails.
 */
export const writeIncoming = async (folder: string, source: Bytes, digests: DigestsSoFar): Promise<string> => {
  const file = path.join(folder, newName());
  const handle = await open(file, 'wx', 0o600).catch(rejectAsWriteFailed(file));
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      digests.update(chunk);
      await handle.writeFile(chunk).catch(rejectAsWriteFailed(file));
    }
    await handle.chmod(0o400).catch(rejectAsWriteFailed(file));
    await handle.datasync().catch(rejectAsWriteFailed(file));
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(file, { force: true });
    throw error;
  }
  return file;
};

const rejectAsWriteFailed =
  (file: string) =>
  (cause: unknown): never => {
    throw new VaultError('write-failed', `cannot write ${file}`, { cause });
  };

/**
 * Removes what killed processes left. A file stays while its writer may live: the same host and a living process id, or
 * another host and younger than a day (a vault can lie on a shared file system).
 */
export const sweepIncoming = async (folder: string, now: number = Date.now()): Promise<void> => {
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
