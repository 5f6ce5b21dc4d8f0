import { createHash, randomBytes } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { done, refused } from '@tutela/core';
import { VaultError } from '../vault-error.js';
import type { InstallationKeys, WrappingKey } from './installation-key.js';
import { writeOnce, writeOver } from './private-file.js';
import { seal, unseal } from './seal.js';

/** What the file holds: the current key first, and the one before it while a rotation is under way. */
interface KeyFile {
  readonly v: 1;
  readonly keys: readonly string[];
}

/**
 * The installation key in a file of its owner alone (0600), made at the first call. Read again at each use, which is
 * rare, so that a rotation in one process is seen by the others.
 * @throws VaultError `key-unusable` when others may read the file, or it is spoilt
 */
export const openFileInstallationKey = async (file: string): Promise<InstallationKeys> => {
  await writeOnce(file, textOf([newKey()]));
  await readKeys(file);
  return {
    current: async () => wrappingKey((await readKeys(file))[0] as Buffer),
    named: async (id) => {
      const key = (await readKeys(file)).map(wrappingKey).find((one) => one.id === id);
      return key === undefined
        ? refused('unknown-installation-key', `${path.basename(file)} does not hold the key ${id}`)
        : done(key);
    },
  };
};

/** Puts a new key before the current one, which stays for unwrapping. Called again it changes nothing. */
export const beginFileRotation = async (file: string): Promise<void> => {
  const keys = await readKeys(file);
  if (keys.length === 1) await writeOver(file, textOf([newKey(), ...keys.map(base64Of)]));
};

/** Leaves only the current key. @returns the key that was taken out, for whoever has to look once more */
export const endFileRotation = async (file: string): Promise<readonly WrappingKey[]> => {
  const [current, ...before] = await readKeys(file);
  await writeOver(file, textOf([base64Of(current as Buffer)]));
  return before.map(wrappingKey);
};

const newKey = (): string => randomBytes(32).toString('base64');
const base64Of = (key: Buffer): string => key.toString('base64');
const textOf = (keys: readonly string[]): string => `${JSON.stringify({ v: 1, keys } satisfies KeyFile)}\n`;

const readKeys = async (file: string): Promise<readonly Buffer[]> => {
  const { mode, uid } = await lstat(file);
  const own = process.platform === 'win32' || ((mode & 0o077) === 0 && uid === process.getuid?.());
  if (!own) throw new VaultError('key-unusable', `${file} is not its owner's alone: chmod 600`);
  const keys = parse(await readFile(file, 'utf8'))?.keys.map((key) => Buffer.from(key, 'base64')) ?? [];
  if (keys.length === 0 || keys.some((key) => key.length !== 32)) {
    throw new VaultError('key-unusable', `${file} is spoilt: restore it, nothing in the vault opens without it`);
  }
  return keys;
};

const parse = (text: string): KeyFile | undefined => {
  try {
    const value = JSON.parse(text) as Partial<KeyFile>;
    const good = value.v === 1 && Array.isArray(value.keys) && value.keys.every((key) => typeof key === 'string');
    return good ? (value as KeyFile) : undefined;
  } catch {
    return undefined;
  }
};

const wrappingKey = (key: Buffer): WrappingKey => ({
  id: `file-${createHash('sha256').update('tutela/installation-key-id/1\0').update(key).digest('hex').slice(0, 16)}`,
  wrap: async (secret, context) => seal(key, secret, Buffer.from(context)),
  unwrap: async (wrapped, context) => unseal(key, wrapped, Buffer.from(context), 'key-unusable'),
});
