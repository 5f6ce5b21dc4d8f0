import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TimeAuthority } from '@tutela/ledger/postgres';
import { certificatesOfPem } from '@tutela/ledger/time';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';

const authorities = z
  .array(
    z.strictObject({
      /** Stands beside the tokens for ever, and names their files in a package (docs/package-format.md). */
      name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
      url: z.url({ protocol: /^https?$/ }),
      /** File, relative to this one. */
      roots: z.string().min(1),
    }),
  )
  .max(16)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length);

const advice =
  'TUTELA_TIME_AUTHORITIES names a JSON file: a list of name, url and roots, the last a file with the root certificate ' +
  'of the authority in PEM. No two have one name.';

/**
 * Who stamps the heads of the ledger, as the operator wrote it down; nobody when no file is named.
 * @throws TutelaError `usage` for a file that is missing or not as described
 */
export const readTimeAuthorities = async (file: string | undefined): Promise<readonly TimeAuthority[]> => {
  if (file === undefined) return [];
  const read = authorities.safeParse(parsed(await readText(file)));
  if (!read.success) throw new TutelaError('usage', `${file} is not as it has to be.`, advice);
  return Promise.all(
    read.data.map(async ({ name, url, roots }) => ({
      name,
      url,
      roots: await readRoots(path.resolve(path.dirname(file), roots)),
    })),
  );
};

const readRoots = async (file: string): Promise<string> => {
  const pem = await readText(file);
  if (certificatesOfPem(pem) === undefined) {
    throw new TutelaError('usage', `${file} holds no certificates in PEM.`, advice);
  }
  return pem;
};

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new TutelaError('usage', `${file} cannot be read.`, advice, { cause });
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
