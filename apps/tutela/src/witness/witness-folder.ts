import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CosignerKey,
  cosignerKey,
  formatPolicy,
  type NoteKey,
  parsePolicy,
  parseVerifierKey,
  type Signer,
} from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { z } from 'zod';
import type { Environment } from '../config/config.js';
import { makePrivateFolder, readPrivate, writeOnce, writePrivate } from '../config/private-file.js';
import { TutelaError } from '../tutela-error.js';

/** A witness's own folder: `witness.json` holds its name and key, `logs` whom it watches, `heads/` what it has signed. */
export interface WitnessFolder {
  readonly folder: string;
  readonly signer: Signer;
  readonly key: CosignerKey;
  /** Read each time, so that a log can be added while the witness runs. */
  readonly logs: () => Promise<readonly NoteKey[]>;
}

const schema = z.strictObject({ name: z.string(), signingKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----') });

const defaultFolder = fileURLToPath(new URL('../../../../.tutela-witness', import.meta.url));

/** Flag before environment before default. */
export const witnessFolderName = (flag: string | undefined, env: Environment, base: string): string =>
  path.resolve(base, flag ?? (env.TUTELA_WITNESS_DATA || defaultFolder));

/**
 * Makes a witness with a new key.
 * @throws TutelaError `usage` for a name that cannot be one, and where a witness is already
 */
export const makeWitnessFolder = async (folder: string, name: string): Promise<WitnessFolder> => {
  const signingKey = newSigningKeyPem();
  keyOf(signerOf(name, signingKey));
  await makePrivateFolder(folder);
  const file = path.join(folder, 'witness.json');
  if ((await readPrivate(file)) !== undefined) {
    throw new TutelaError('usage', `${folder} holds a witness already.`, '`tutela witness show` prints its key.');
  }
  await writeOnce(file, `${JSON.stringify({ name, signingKey }, undefined, 2)}\n`);
  return openWitnessFolder(folder);
};

/** @throws TutelaError `usage` where there is none, `unreadable` where it is spoilt or open to others */
export const openWitnessFolder = async (folder: string): Promise<WitnessFolder> => {
  const text = await readPrivate(path.join(folder, 'witness.json'));
  if (text === undefined) {
    throw new TutelaError('usage', `${folder} holds no witness.`, 'Make one: tutela witness init <name>');
  }
  const read = schema.safeParse(parsed(text));
  if (!read.success) {
    throw new TutelaError(
      'unreadable',
      `${folder}/witness.json is spoilt.`,
      'Restore it: its key is pinned by others.',
    );
  }
  const signer = signerOf(read.data.name, read.data.signingKey);
  return { folder, signer, key: keyOf(signer), logs: () => readLogs(folder) };
};

/**
 * Adds logs to those that are watched.
 * @param keys verifier keys as `tutela ledger head` prints them
 * @throws TutelaError `usage` for what is none
 */
export const trustLogs = async ({ folder, logs }: WitnessFolder, keys: readonly string[]): Promise<void> => {
  const added = keys.map((text) => {
    const key = parseVerifierKey(nodeHasher, text);
    if (key.kind === 'done') return key.value;
    throw new TutelaError('usage', `${text} is no key of a log: ${key.reason.message}.`, keyAdvice);
  });
  const known = await logs();
  const isNew = (key: NoteKey) => !known.some(({ publicKey }) => Buffer.from(publicKey).equals(key.publicKey));
  const all = [...known, ...added.filter(isNew)].map((key) => ({ key }));
  const text = formatPolicy(nodeHasher, { logs: all, witnesses: [], groups: [], quorum: 'none' });
  await writePrivate(path.join(folder, 'logs'), text);
};

const keyAdvice = 'It is <origin>+<8 hex digits>+<Base64>; `tutela ledger head` prints the one of a ledger.';

const readLogs = async (folder: string): Promise<readonly NoteKey[]> => {
  const file = path.join(folder, 'logs');
  const policy = parsePolicy(nodeHasher, (await readPrivate(file)) ?? 'quorum none\n');
  if (policy.kind === 'done') return policy.value.logs.map(({ key }) => key);
  throw new TutelaError('unreadable', `${file}: ${policy.reason.message}`, 'Its lines are: log <vkey>');
};

const signerOf = (name: string, signingKey: string): Signer => signerFromPem(name, signingKey);

const keyOf = ({ name, publicKey }: Signer): CosignerKey => {
  try {
    return cosignerKey(nodeHasher, name, publicKey);
  } catch (cause) {
    const advice = 'Give a name without spaces and plus signs, best an address without scheme: witness.example/w1';
    throw new TutelaError('usage', `${JSON.stringify(name)} cannot name a witness.`, advice, { cause });
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
