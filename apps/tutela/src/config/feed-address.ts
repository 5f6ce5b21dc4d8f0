import type { FeedAddress } from '@tutela/feed';
import type { FetchEvery } from '@tutela/investigator-desk';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';
import { parseEvery, usualEvery } from './fetch-every.js';
import { readPrivate } from './private-file.js';

const every = z.string().transform((text, context) => {
  try {
    return parseEvery(text);
  } catch {
    context.addIssue('not an interval');
    return z.NEVER;
  }
});
const schema = z.strictObject({
  baseUrl: z.url(),
  authority: z.string().min(1),
  credential: z.string().min(16),
  every: every.optional(),
});

const advice =
  'It is JSON with baseUrl, authority and credential, as the clearinghouse issued them (tutela feed-credentials issue). ' +
  'Only its owner may read it (chmod 600).';

/** A clearinghouse whose feed is fetched, who we are there, and how often the node fetches by itself. */
export interface FeedSettings {
  readonly address: FeedAddress;
  readonly everyMinutes: FetchEvery;
}

/** @throws TutelaError `usage` for a file that is missing or not as described, `unreadable` when others may read it */
export const readFeedSettings = async (file: string): Promise<FeedSettings> => {
  const text = await readPrivate(file);
  if (text === undefined) throw new TutelaError('usage', `There is no file ${file}.`, advice);
  const read = schema.safeParse(parsed(text));
  // The text is not repeated: it holds a credential.
  if (!read.success) throw new TutelaError('usage', `${file} is not as it has to be.`, advice);
  const { every: everyMinutes = usualEvery, ...address } = read.data;
  const { protocol, hostname } = new URL(address.baseUrl);
  const own = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  if (protocol === 'https:' || (protocol === 'http:' && own)) return { address, everyMinutes };
  throw new TutelaError('usage', `${file} names an address that is not https.`, advice);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
