import { type Dirent, lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { toInstant, type UtcInstant } from '@tutela/core';
import { below, joinPath, type RawPath } from '../paths.js';

/** A name in a folder that is no folder: what it is has not been looked at. */
export interface FolderListing {
  readonly files: readonly RawPath[];
  readonly folders: readonly RawPath[];
}

/** The names in a folder, ordered by their bytes; `undefined` where the system refuses to list it. */
export const listFolder = async (root: Buffer, folder: RawPath): Promise<FolderListing | undefined> => {
  let entries: Dirent<Buffer>[];
  try {
    entries = await readdir(below(root, folder), { withFileTypes: true, encoding: 'buffer' });
  } catch {
    return undefined;
  }
  entries.sort((one, other) => Buffer.compare(one.name, other.name));
  const files: RawPath[] = [];
  const folders: RawPath[] = [];
  for (const entry of entries) (entry.isDirectory() ? folders : files).push(joinPath(folder, entry.name));
  return { files, folders };
};

export type LookedUp =
  | { readonly kind: 'file'; readonly size: number; readonly modifiedAt: UtcInstant }
  /** A link, a pipe, a socket, a device: never opened. */
  | { readonly kind: 'not-a-file'; readonly modifiedAt: UtcInstant }
  | { readonly kind: 'gone' };

/** What a name stands for; opens nothing. */
export const lookUp = (root: Buffer, path: RawPath): LookedUp => {
  try {
    const found = lstatSync(below(root, path));
    const modifiedAt = toInstant(found.mtime);
    return found.isFile() ? { kind: 'file', size: found.size, modifiedAt } : { kind: 'not-a-file', modifiedAt };
  } catch {
    return { kind: 'gone' };
  }
};
