import type { MailSettings } from '@tutela/clearinghouse-desk';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';
import { readPrivate } from './private-file.js';

const schema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  encryption: z.enum(['tls', 'starttls', 'none']),
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  from: z.email(),
  feedUrl: z.url(),
});

const ownHosts = new Set(['127.0.0.1', 'localhost', '::1']);

const advice =
  'It is JSON with host, port, encryption ("tls", "starttls", or "none" for a server on this machine), from, feedUrl, and ' +
  'user and password where the server asks for them. Only its owner may read it (chmod 600).';

/**
 * The mail server by which authorities are told that something is there to fetch.
 * @throws TutelaError `usage` for a file that is missing or not as described, `unreadable` when others may read it
 */
export const readMailSettings = async (file: string): Promise<MailSettings> => {
  const text = await readPrivate(file);
  if (text === undefined) throw new TutelaError('usage', `TUTELA_SMTP names no file: ${file}`, advice);
  const read = schema.safeParse(parsed(text));
  // The text is not repeated: it holds a password.
  if (!read.success) throw new TutelaError('usage', `${file} is not as it has to be.`, advice);
  const { user, password, ...settings } = read.data;
  if (settings.encryption === 'none' && !ownHosts.has(settings.host)) {
    throw new TutelaError('usage', `${file} names a server elsewhere without encryption.`, advice);
  }
  return { ...settings, ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
