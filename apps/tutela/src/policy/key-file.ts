import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type PersonId, parsePersonId } from '@tutela/policy';
import type { NewPerson } from '@tutela/policy/postgres';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';

/** A person's key, open: it signs as that person. */
export interface PersonalKey {
  readonly person: PersonId;
  readonly publicKey: string;
  /** Base64url. */
  readonly sign: (text: Uint8Array) => string;
}

const person = z.string().transform((text, context): PersonId => {
  const id = parsePersonId(text);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});
const publicSchema = z.object({ v: z.literal(1), id: person, name: z.string().min(1).max(200), publicKey: z.string() });
const secretSchema = z.object({ v: z.literal(1), id: person, privateKey: z.string() });

/**
 * Makes a personal key: `file`, encrypted to the passphrase (age with scrypt), and `file.pub`, which is handed to whoever
 * enrols the person.
 * @param work less than age's own costs less time, and is for keys whose passphrase is no secret
 * @throws TutelaError `usage` when a file is there already
 */
export const makeKeyFile = async (
  file: string,
  who: Pick<NewPerson, 'id' | 'name'>,
  passphrase: string,
  work: { readonly scryptLogN?: number } = {},
): Promise<string> => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const encrypter = new Encrypter();
  if (work.scryptLogN !== undefined) encrypter.setScryptWorkFactor(work.scryptLogN);
  encrypter.setPassphrase(passphrase);
  const sealed = armor.encode(await encrypter.encrypt(JSON.stringify({ v: 1, id: who.id, privateKey: pem })));
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  await writeNew(file, sealed, 0o600);
  await writeNew(`${file}.pub`, `${JSON.stringify({ v: 1, ...who, publicKey: spki }, undefined, 2)}\n`, 0o644);
  return `${file}.pub`;
};

const writeNew = async (file: string, text: string, mode: number): Promise<void> => {
  try {
    await writeFile(file, text, { mode, flag: 'wx', flush: true });
  } catch (cause) {
    const advice = 'Choose another name with --output; a key is never written over.';
    throw new TutelaError('usage', `${file} cannot be written.`, advice, { cause });
  }
};

/** @throws TutelaError `unreadable` */
export const readPublicKeyFile = async (file: string): Promise<NewPerson> => {
  const read = publicSchema.safeParse(parseJson(await readText(file)));
  if (read.success) return { id: read.data.id, name: read.data.name, publicKey: read.data.publicKey };
  throw new TutelaError(
    'unreadable',
    `${file} is not the public half of a key.`,
    'Give the .pub file of person new-key.',
  );
};

/** @throws TutelaError `unreadable`, `unauthorised` when the passphrase is another */
export const openKeyFile = async (file: string, passphrase: string): Promise<PersonalKey> => {
  const sealed = await readText(file);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const text = await decrypter.decrypt(decodeArmor(file, sealed), 'text').catch((cause: unknown) => {
    throw new TutelaError('unauthorised', `${file} does not open with this passphrase.`, 'Try again.', { cause });
  });
  const read = secretSchema.safeParse(parseJson(text));
  if (!read.success)
    throw new TutelaError('unreadable', `${file} is no key of Tutela.`, 'Give the file of person new-key.');
  const privateKey = createPrivateKey(read.data.privateKey);
  const { x = '' } = privateKey.export({ format: 'jwk' });
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(x, 'base64url')]);
  return {
    person: read.data.id,
    publicKey: spki.toString('base64url'),
    sign: (message) => sign(null, message, privateKey).toString('base64url'),
  };
};

const decodeArmor = (file: string, text: string): Uint8Array => {
  try {
    return armor.decode(text);
  } catch (cause) {
    throw new TutelaError('unreadable', `${file} is no key of Tutela.`, 'Give the file of person new-key.', { cause });
  }
};

const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new TutelaError('unreadable', `${file} cannot be read.`, 'Look at the name and at who may read it.', {
      cause,
    });
  });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
