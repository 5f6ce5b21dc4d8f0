import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { newSigningKeyPem } from '@tutela/ledger/node';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';
import { makePrivateFolder, readPrivate, writeOnce } from './private-file.js';

/** What this installation keeps to itself. Made once; the operator may replace values in the file. */
export interface Secrets {
  /** Opens the node's own pages and API. */
  readonly operatorKey: string;
  readonly ledger: {
    /** Name of the log (C2SP tlog-checkpoint, origin). */
    readonly origin: string;
    /** Ed25519, PKCS #8 in PEM. */
    readonly signingKey: string;
  };
}

const schema = z.object({
  operatorKey: z.string().min(32),
  ledger: z.object({ origin: z.string().min(1), signingKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----') }),
});

/**
 * The secrets of a data folder, made at the first call; of two processes that start together both get the same.
 * @throws TutelaError `unreadable` when others may read the folder or the file, or the file is spoilt
 */
export const loadSecrets = async (dataFolder: string): Promise<Secrets> => {
  await makePrivateFolder(dataFolder);
  const file = path.join(dataFolder, 'secrets.json');
  const text = (await readPrivate(file)) ?? (await makeSecrets(file));
  const read = schema.safeParse(parseJson(text));
  if (read.success) return read.data;
  throw new TutelaError('unreadable', `${file} is spoilt.`, 'Restore it from a copy: the ledger is signed with it.');
};

const makeSecrets = async (file: string): Promise<string | undefined> => {
  const secrets: Secrets = {
    operatorKey: randomBytes(32).toString('base64url'),
    ledger: { origin: `tutela/${randomBytes(8).toString('hex')}`, signingKey: newSigningKeyPem() },
  };
  await writeOnce(file, `${JSON.stringify(secrets, undefined, 2)}\n`);
  return readPrivate(file);
};

const parseJson = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};
