import { createCybertipClient, ncmecBaseUrls, type OperatorSchema } from '@tutela/cybertip';
import type { Destination } from '@tutela/platform-desk';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';
import { readPrivate } from './private-file.js';

/** A clearinghouse of somebody else that this platform files at, as its operator wrote it down. */
const counterpart = z.strictObject({
  environment: z.enum(['test', 'production']),
  /** With the path; NCMEC's own for the environment when left out. */
  baseUrl: z.url().optional(),
  username: z.string().min(1),
  password: z.string().min(1),
  reporter: z.strictObject({ company: z.string().min(1), email: z.email(), service: z.string().min(1).max(100) }),
});

const advice =
  'It is JSON with environment ("test" or "production"), username, password, reporter {company, email, service}, and ' +
  'baseUrl for another address than NCMEC’s. Only its owner may read it (chmod 600).';

/**
 * @param xsd what reports have to agree with besides before they are sent
 * @throws TutelaError `usage` for a file that is missing or not as described, `unreadable` when others may read it
 */
export const readCounterpart = async (file: string, xsd?: OperatorSchema): Promise<Destination> => {
  const text = await readPrivate(file);
  if (text === undefined) throw new TutelaError('usage', `TUTELA_REPORTS_TO names no file: ${file}`, advice);
  const read = counterpart.safeParse(parsed(text));
  // The text is not repeated: it holds a password.
  if (!read.success) throw new TutelaError('usage', `${file} is not as it has to be.`, advice);
  const { environment, username, password, reporter, baseUrl = ncmecBaseUrls[environment] } = read.data;
  const client = createCybertipClient({
    baseUrl,
    environment,
    username,
    password,
    ...(xsd === undefined ? {} : { xsd }),
  });
  return { client, reporter };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
