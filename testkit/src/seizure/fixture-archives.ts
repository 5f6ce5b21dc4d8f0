import { readFile } from 'node:fs/promises';
import type { BroughtArchive } from './world.js';

interface Manifest {
  readonly archives: readonly { readonly password: string; readonly files: readonly string[] }[];
}

/** The archives of `packages/archive/fixtures`, made by RAR, 7-Zip and zip: every kind, volumes too. */
export const fixtureArchives = async (): Promise<readonly BroughtArchive[]> => {
  const folder = new URL('../fixtures/', import.meta.resolve('@tutela/archive'));
  const manifest = JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8')) as Manifest;
  return Promise.all(
    manifest.archives.map(async ({ password, files }) => ({
      password,
      files: await Promise.all(files.map(async (name) => ({ name, bytes: await readFile(new URL(name, folder)) }))),
    })),
  );
};
