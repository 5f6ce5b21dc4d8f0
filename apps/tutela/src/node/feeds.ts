import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ConfiguredFeed, FeedBook } from '@tutela/investigator-desk';
import { type FeedSettings, readFeedSettings } from '../config/feed-address.js';
import { formatEvery } from '../config/fetch-every.js';
import { makePrivateFolder, writePrivate } from '../config/private-file.js';
import { TutelaError } from '../tutela-error.js';

const folderOf = (dataFolder: string): string => path.join(dataFolder, 'feeds');
const fileOf = (dataFolder: string, name: string): string => path.join(folderOf(dataFolder), `${name}.json`);
const nameForm = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** Keeps a feed under a name of ours, in the place of the one before. @throws TutelaError `usage` for a name of another form */
export const keepFeed = async (
  dataFolder: string,
  name: string,
  { address, everyMinutes }: FeedSettings,
): Promise<void> => {
  if (!nameForm.test(name)) throw notAName();
  await makePrivateFolder(folderOf(dataFolder));
  const kept = { ...address, every: formatEvery(everyMinutes) };
  await writePrivate(fileOf(dataFolder, name), `${JSON.stringify(kept, undefined, 2)}\n`);
};

/** @throws TutelaError `usage` when there is none of that name, `unreadable` when others may read it */
export const keptFeed = async (dataFolder: string, name: string): Promise<FeedSettings> => {
  if (nameForm.test(name)) return readFeedSettings(fileOf(dataFolder, name));
  throw notAName();
};

/** Read anew each time: a feed that the operator adds needs no restart. */
export const feedBook =
  (dataFolder: string): FeedBook =>
  async () => {
    const files = await readdir(folderOf(dataFolder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
    return Promise.all(
      names
        .filter((name) => nameForm.test(name))
        .sort()
        .map((name) => readFeed(dataFolder, name)),
    );
  };

const readFeed = async (dataFolder: string, name: string): Promise<ConfiguredFeed> => {
  try {
    return { name, state: 'ready', ...(await readFeedSettings(fileOf(dataFolder, name))) };
  } catch (error) {
    if (!(error instanceof TutelaError)) throw error;
    return { name, state: error.code === 'unreadable' ? 'open-to-others' : 'malformed' };
  }
};

const notAName = (): TutelaError =>
  new TutelaError(
    'usage',
    'That is no name of a feed.',
    'Give small letters, digits, dots and dashes, such as national-centre.',
  );
