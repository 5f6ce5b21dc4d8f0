import { createReadStream } from 'node:fs';
import { chmod, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { startDigests } from './digests.js';
import { destroyFile } from './keys/private-file.js';
import type { Compartment } from './vault.js';

export interface EncryptedPlainObjects {
  readonly objects: number;
  readonly bytes: number;
  /** Files left where they are, since their bytes are not those of their address, or no address names them. */
  readonly left: readonly string[];
}

/**
 * Brings the objects of a folder of the first, unencrypted kind (`objects/ab/cd/<SHA-256>`) into a compartment: each is
 * put, and only then overwritten and removed. Can be stopped at any moment and done again.
 */
export const encryptPlainObjects = async (folder: string, to: Compartment): Promise<EncryptedPlainObjects> => {
  const left: string[] = [];
  let objects = 0;
  let bytes = 0;
  for (const file of await filesBelow(folder)) {
    // What a killed process was writing was never acknowledged.
    const abandoned = path.dirname(file) === path.join(folder, 'incoming');
    if (!abandoned && (await digestOf(file)) !== path.basename(file)) {
      left.push(file);
      continue;
    }
    if (!abandoned) {
      bytes += (await to.put(createReadStream(file))).size;
      objects++;
    }
    await chmod(file, 0o600);
    await destroyFile(file);
  }
  if (left.length === 0) await removeEmpty(folder);
  return { objects, bytes, left };
};

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

const digestOf = async (file: string): Promise<string> => {
  const digests = startDigests();
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) digests.update(piece);
  return digests.end().sha256;
};

const removeEmpty = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await removeEmpty(path.join(folder, entry.name));
  }
  await rmdir(folder).catch(() => undefined);
};
