import path from 'node:path';
import { readConfig } from '../config/config.js';
import { readFeedAddress } from '../config/feed-address.js';
import type { TutelaContext } from '../context.js';
import { keepFeed } from '../node/feeds.js';
import type { DataFlags } from './flags.js';

export interface AddFeedFlags extends DataFlags {
  readonly from: string;
}

/** Keeps where a clearinghouse's feed is, so that people fetch from it by name. Needs no database. */
export default async function addFeed(this: TutelaContext, flags: AddFeedFlags, name: string): Promise<void> {
  const address = await readFeedAddress(path.resolve(this.folder, flags.from));
  const { dataFolder } = readConfig(flags, this.env, this.folder);
  await keepFeed(dataFolder, name, address);
  this.process.stdout.write(`feed ${name}: ${address.authority} at ${address.baseUrl}\n`);
}
