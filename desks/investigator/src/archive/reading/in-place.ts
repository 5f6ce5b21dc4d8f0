import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { type Outcome, refused } from '@tutela/core';
import { below } from '../../seizure/paths.js';
import type { ArchiveItem } from '../archive-item.js';
import { type ReadableItem, type ReadFault, readable } from './readable-item.js';
import type { UnlistedFinder } from './unlisted.js';

/** Opens a file of a folder where it lies. */
export const openInPlace = async (
  unlisted: UnlistedFinder,
  item: ArchiveItem,
): Promise<Outcome<ReadableItem, ReadFault>> => {
  const root = Buffer.from(path.resolve(item.locator));
  const known = item.pathBytes ?? (item.path === null ? undefined : Buffer.from(item.path));
  const found = known ?? (await unlisted.find(root, item.pathSha256));
  if (found === undefined || found.toString('latin1').split('/').includes('..'))
    return refused('gone', 'it is not in its place');
  let file: FileHandle;
  try {
    // A link in its place since it was digested is not followed.
    file = await open(below(root, found), constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    return refused('gone', `it cannot be opened: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
  }
  return readable(file, item);
};
