import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { done, nothing, type Outcome } from '@tutela/core';
import { VaultError } from '../vault-error.js';
import { makeDurableFolder, syncFolder } from './durable.js';
import { type Layout, layoutOf, objectFolder, objectPath } from './folder-layout.js';
import {
  type ForeignObject,
  isAfter,
  isKeyId,
  isObjectName,
  type KeyId,
  type ListedObject,
  type ObjectName,
  type ObjectStore,
  type ReadObject,
  type StoredRange,
} from './object-store.js';
import { sweepStaging } from './staging.js';

/**
 * A store in a folder of the local disk; several processes may share it.
 *
 * An object is renamed into its place once it is on the disk, and then its folder is put on the disk: a kill or a loss of
 * power leaves it whole or absent (`vault.kill.test.ts`). What a killed process left is removed here.
 */
export const openFolderStore = async (folder: string): Promise<ObjectStore> => {
  const root = path.resolve(folder);
  const layout = layoutOf(root);
  await mkdir(layout.objects, { recursive: true, mode: 0o700 });
  await mkdir(layout.incoming, { recursive: true, mode: 0o700 });
  await syncFolder(root);
  await syncFolder(path.dirname(root));
  await sweepStaging(layout.incoming);
  const prepareFolder = onceEach((target) => makeDurableFolder(root, target));
  return {
    place: `folder ${root}`,
    staging: layout.incoming,
    put: (name, file, size) => put(layout, prepareFolder, name, file, size),
    stat: (name) => statOf(layout, name),
    read: (name, range) => read(layout, name, range),
    list: (of, after) => list(layout, of, after),
    remove: (name) => remove(layout, name),
  };
};

const put = async (
  layout: Layout,
  prepareFolder: (folder: string) => Promise<void>,
  name: ObjectName,
  file: string,
  size: number,
): Promise<'stored' | 'already-there'> => {
  const folder = objectFolder(layout, name);
  try {
    await prepareFolder(folder);
    const held = await statOf(layout, name);
    const status = held.kind === 'done' && held.value.size === size ? 'already-there' : 'stored';
    if (status === 'stored') await rename(file, objectPath(layout, name));
    else await rm(file);
    // Also when it was there: whoever put it may have been killed before this line.
    await syncFolder(folder);
    return status;
  } catch (cause) {
    await rm(file, { force: true });
    throw new VaultError('write-failed', `cannot store ${name.name}`, { cause });
  }
};

const absent = ({ name }: ObjectName) => nothing('not-in-store', `the store has no ${name}`);
const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const statOf = async (
  layout: Layout,
  name: ObjectName,
): Promise<Outcome<{ readonly size: number }, 'not-in-store'>> => {
  const file = objectPath(layout, name);
  try {
    return done({ size: (await stat(file)).size });
  } catch (cause) {
    if (isMissing(cause)) return absent(name);
    throw new VaultError('read-failed', `cannot look at ${file}`, { cause });
  }
};

const read = async (
  layout: Layout,
  name: ObjectName,
  { start, end }: StoredRange,
): Promise<Outcome<ReadObject, 'not-in-store'>> => {
  const file = objectPath(layout, name);
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    // 256 KiB at a time: 16 chunks of the cipher.
    const window = { start, highWaterMark: 256 * 1024, ...(end !== undefined && { end: end - 1 }) };
    return done({ size, bytes: handle.createReadStream(window) });
  } catch (cause) {
    await handle?.close();
    if (isMissing(cause)) return absent(name);
    throw new VaultError('read-failed', `cannot read ${file}`, { cause });
  }
};

async function* list(layout: Layout, of?: KeyId, after?: ObjectName): AsyncGenerator<ListedObject | ForeignObject> {
  const top = of === undefined ? layout.objects : path.join(layout.objects, of);
  for await (const file of filesBelow(top)) {
    const [keyId = '', , , name = '', ...more] = path.relative(layout.objects, file).split(path.sep);
    const own =
      isKeyId(keyId) && isObjectName(name) && more.length === 0 && objectPath(layout, { keyId, name }) === file;
    if (!own) {
      yield { kind: 'foreign', path: path.relative(path.dirname(layout.objects), file) };
      continue;
    }
    if (after !== undefined && isAfter({ keyId, name }, after) === 'not-after') continue;
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined) yield { kind: 'object', keyId, name, size: found.size };
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw new VaultError('read-failed', `cannot list ${folder}`, { cause: error });
  });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const found = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(found);
    else yield found;
  }
}

const remove = async (layout: Layout, name: ObjectName): Promise<Outcome<undefined, 'not-in-store' | 'retained'>> => {
  try {
    await unlink(objectPath(layout, name));
    await syncFolder(objectFolder(layout, name));
    return done(undefined);
  } catch (cause) {
    if (isMissing(cause)) return absent(name);
    throw new VaultError('write-failed', `cannot remove ${name.name}`, { cause });
  }
};

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
