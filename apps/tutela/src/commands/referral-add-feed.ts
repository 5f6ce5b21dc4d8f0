import path from 'node:path';
import type { FetchEvery } from '@tutela/investigator-desk';
import { readConfig } from '../config/config.js';
import { readFeedSettings } from '../config/feed-address.js';
import { formatEvery } from '../config/fetch-every.js';
import type { TutelaContext } from '../context.js';
import { keepFeed, keptFeed } from '../node/feeds.js';
import type { DataFlags } from './flags.js';

export interface AddFeedFlags extends DataFlags {
  readonly from?: string;
  readonly every?: FetchEvery;
}

/**
 * Keeps where a clearinghouse's feed is, so that the node and people fetch from it by name; without a file, how often is
 * changed alone. Needs no database.
 */
export default async function addFeed(this: TutelaContext, flags: AddFeedFlags, name: string): Promise<void> {
  const { dataFolder } = readConfig(flags, this.env, this.folder);
  const given =
    flags.from === undefined
      ? await keptFeed(dataFolder, name)
      : await readFeedSettings(path.resolve(this.folder, flags.from));
  const settings = { ...given, everyMinutes: flags.every ?? given.everyMinutes };
  await keepFeed(dataFolder, name, settings);
  const { address, everyMinutes } = settings;
  const how = everyMinutes === 'never' ? 'fetched when asked for' : `fetched every ${formatEvery(everyMinutes)}`;
  this.process.stdout.write(`feed ${name}: ${address.authority} at ${address.baseUrl}, ${how}\n`);
}
