import { randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newSigningKeyPem } from '@tutela/ledger';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';

/** What this installation keeps to itself. Made once; the operator may replace values in the file. */
export interface Secrets {
  /** Opens the node's own pages and API. */
  readonly operatorKey: string;
  /** The platform's account at the clearinghouse of the same installation (HTTP Basic). */
  readonly cybertipAccount: { readonly username: string; readonly password: string };
  readonly ledger: {
    /** Name of the log (C2SP tlog-checkpoint, origin). */
    readonly origin: string;
    /** Ed25519, PKCS #8 in PEM. */
    readonly signingKey: string;
  };
}

const secret = z.string().min(32);
const schema = z.object({
  operatorKey: secret,
  cybertipAccount: z.object({ username: z.string().min(1), password: secret }),
  ledger: z.object({ origin: z.string().min(1), signingKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----') }),
});

/**
 * The secrets of a data folder, made at the first call; of two processes that start together both get the same.
 * @throws TutelaError `unreadable` when others may read the folder or the file, or the file is spoilt
 */
export const loadSecrets = async (dataFolder: string): Promise<Secrets> => {
  await makePrivateFolder(dataFolder);
  const file = path.join(dataFolder, 'secrets.json');
  await makeOnce(file, `${JSON.stringify(newSecrets(), undefined, 2)}\n`);
  await refuseOpen(file, 0o600);
  const read = schema.safeParse(parseJson(await readFile(file, 'utf8')));
  if (read.success) return read.data;
  throw new TutelaError('unreadable', `${file} is spoilt.`, 'Restore it from a copy: the ledger is signed with it.');
};

const newSecrets = (): Secrets => ({
  operatorKey: randomBytes(32).toString('base64url'),
  cybertipAccount: { username: 'tutela-platform', password: randomBytes(32).toString('base64url') },
  ledger: { origin: `tutela/${randomBytes(8).toString('hex')}`, signingKey: newSigningKeyPem() },
});

const makePrivateFolder = async (folder: string): Promise<void> => {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    const what = `The data folder ${folder} cannot be made.`;
    throw new TutelaError('unreadable', what, 'Choose another with --data or TUTELA_DATA.', { cause });
  });
  if (made !== undefined) await chmod(folder, 0o700);
  await refuseOpen(folder, 0o700);
};

/** Written aside and linked, so that nobody reads half a file and nobody overwrites another's. */
const makeOnce = async (file: string, text: string): Promise<void> => {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  if (await isThere(file)) return;
  await writeFile(aside, text, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside);
  }
};

const isThere = async (file: string): Promise<boolean> => (await lstat(file).catch(() => undefined)) !== undefined;

const refuseOpen = async (place: string, mode: number): Promise<void> => {
  if (process.platform === 'win32') return;
  const found = await lstat(place);
  const others = found.mode & 0o077;
  if (others === 0 && found.uid === process.getuid?.()) return;
  const octal = mode.toString(8);
  const advice = `Make it yours alone (chmod ${octal} ${JSON.stringify(place)}), or choose another with --data.`;
  throw new TutelaError('unreadable', `${place} holds secrets and is open to other users.`, advice);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
