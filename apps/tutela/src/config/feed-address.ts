import type { FeedAddress } from '@tutela/feed';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';
import { readPrivate } from './private-file.js';

const schema = z.strictObject({ baseUrl: z.url(), authority: z.string().min(1), credential: z.string().min(16) });

const advice =
  'It is JSON with baseUrl, authority and credential, as the clearinghouse issued them (tutela feed-credentials issue). ' +
  'Only its owner may read it (chmod 600).';

/**
 * A clearinghouse whose feed is pulled, and who we are there.
 * @throws TutelaError `usage` for a file that is missing or not as described, `unreadable` when others may read it
 */
export const readFeedAddress = async (file: string): Promise<FeedAddress> => {
  const text = await readPrivate(file);
  if (text === undefined) throw new TutelaError('usage', `There is no file ${file}.`, advice);
  const read = schema.safeParse(parsed(text));
  // The text is not repeated: it holds a credential.
  if (!read.success) throw new TutelaError('usage', `${file} is not as it has to be.`, advice);
  const { protocol, hostname } = new URL(read.data.baseUrl);
  const own = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  if (protocol === 'https:' || (protocol === 'http:' && own)) return read.data;
  throw new TutelaError('usage', `${file} names an address that is not https.`, advice);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
