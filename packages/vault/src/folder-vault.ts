import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { done, nothing, type Outcome } from '@tutela/core';
import { atATime } from './at-a-time.js';
import { startDigests } from './digests.js';
import { makeDurableFolder, syncFolder } from './durable.js';
import { sweepIncoming, writeIncoming } from './incoming.js';
import { type Layout, layoutOf, objectFolder, objectPath } from './layout.js';
import { scrubObjects } from './scrub.js';
import type { ObjectStat, OpenOptions, PutOptions, Sha256, Stored, Vault } from './vault.js';
import { VaultError } from './vault-error.js';

/** Measured: 155 small files a second one at a time, 449 with sixteen. */
const writersAtOnce = 16;

/**
 * A vault in a folder of the local disk; several processes may share it.
 *
 * An object is written beside its place, put on the disk, renamed into place and its folder put on the disk: a kill or
 * a loss of power leaves it whole or absent (`folder-vault.kill.test.ts`). What a killed process left is removed here.
 */
export const openFolderVault = async (folder: string): Promise<Vault> => {
  const root = path.resolve(folder);
  const layout = layoutOf(root);
  await mkdir(layout.objects, { recursive: true, mode: 0o700 });
  await mkdir(layout.incoming, { recursive: true, mode: 0o700 });
  await syncFolder(root);
  await syncFolder(path.dirname(root));
  await sweepIncoming(layout.incoming);

  const writers = atATime(writersAtOnce);
  const prepareFolder = onceEach((target) => makeDurableFolder(root, target));
  const statObject = (sha256: Sha256) => statOf(layout, sha256);
  const has = async (sha256: Sha256) => ((await statObject(sha256)).kind === 'done' ? 'present' : 'absent');
  return {
    put: (source, options) => writers(() => put(layout, prepareFolder, source, options)),
    open: async (sha256, options) => {
      const found = await statObject(sha256);
      return found.kind === 'done' ? done({ ...found.value, bytes: read(layout, sha256, options) }) : found;
    },
    has,
    stat: statObject,
    scrub: (options = {}) => scrubObjects(layout, has, options),
  };
};

const put = async (
  layout: Layout,
  prepareFolder: (folder: string) => Promise<void>,
  source: Parameters<Vault['put']>[0],
  options: PutOptions | undefined,
): Promise<Stored> => {
  const digests = startDigests(options);
  const incoming = await writeIncoming(layout.incoming, source, digests);
  const written = digests.end();
  const folder = objectFolder(layout, written.sha256);
  try {
    await prepareFolder(folder);
    const held = await statOf(layout, written.sha256);
    // Bytes of another length under this address are damaged: the good ones take their place.
    const status = held.kind === 'done' && held.value.size === written.size ? 'already-there' : 'stored';
    if (status === 'stored') await rename(incoming, objectPath(layout, written.sha256));
    else await rm(incoming);
    // Also when it was there: whoever put it may have been killed before this line.
    await syncFolder(folder);
    return { ...written, status };
  } catch (cause) {
    await rm(incoming, { force: true });
    throw new VaultError('write-failed', `cannot store ${written.sha256}`, { cause });
  }
};

const statOf = async (layout: Layout, sha256: Sha256): Promise<Outcome<ObjectStat, 'not-in-vault'>> => {
  const file = objectPath(layout, sha256);
  try {
    return done({ sha256, size: (await stat(file)).size });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      return nothing('not-in-vault', `the vault has no ${sha256}`);
    throw new VaultError('read-failed', `cannot look at ${file}`, { cause });
  }
};

const read = (layout: Layout, sha256: Sha256, { verify = 'while-reading' }: OpenOptions = {}): Readable => {
  const bytes = createReadStream(objectPath(layout, sha256));
  return verify === 'while-reading' ? Readable.from(verified(bytes, sha256), { objectMode: false }) : bytes;
};

async function* verified(bytes: AsyncIterable<Buffer>, sha256: Sha256): AsyncGenerator<Buffer> {
  const digests = startDigests();
  for await (const chunk of bytes) {
    digests.update(chunk);
    yield chunk;
  }
  const found = digests.end().sha256;
  if (found !== sha256) throw new VaultError('damaged', `the bytes filed under ${sha256} have the digest ${found}`);
}

/** Runs `task` for each key the first time it is asked for; a failure is tried again. */
const onceEach = (task: (key: string) => Promise<void>) => {
  const begun = new Map<string, Promise<void>>();
  return (key: string): Promise<void> => {
    const running = begun.get(key) ?? task(key);
    begun.set(key, running);
    running.catch(() => begun.delete(key));
    return running;
  };
};
