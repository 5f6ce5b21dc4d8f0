import { stat } from 'node:fs/promises';
import { done } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import { openArchive } from '../archive/open-archive.js';
import type { PackageSource } from '../ports.js';
import { fileBytes } from './file-bytes.js';
import { folderSource } from './folder-source.js';

/**
 * A package on this machine: a folder, a ZIP, a tar.
 * @throws what the file system throws when it is not there or may not be read
 */
export const openPackage = async (path: string): Promise<Verdict<PackageSource, 'not-an-archive'>> => {
  if ((await stat(path)).isDirectory()) return done(folderSource(path));
  const bytes = await fileBytes(path);
  const opened = await openArchive(bytes);
  if (opened.kind !== 'done') await bytes.close();
  return opened;
};
