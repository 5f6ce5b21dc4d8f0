import path from 'node:path';
import { makePrivateFolder, readPrivate, writePrivate } from '../config/private-file.js';
import { TutelaError } from '../tutela-error.js';

const fileOf = (dataFolder: string, providerId: string): string =>
  path.join(dataFolder, 'exchanges', `${providerId}.credential`);

/** The credential that a provider issued to this installation; it lies apart from the database. */
export const readCredential = async (dataFolder: string, providerId: string): Promise<string | undefined> =>
  (await readPrivate(fileOf(dataFolder, providerId)))?.trim();

/** @throws TutelaError `usage` for a text that no header can carry */
export const keepCredential = async (dataFolder: string, providerId: string, credential: string): Promise<void> => {
  if (!/^[\x21-\x7e]{16,512}$/.test(credential))
    throw new TutelaError(
      'usage',
      'That is no credential.',
      'Give the file with what the provider issued, in one line.',
    );
  await makePrivateFolder(path.join(dataFolder, 'exchanges'));
  await writePrivate(fileOf(dataFolder, providerId), `${credential}\n`);
};
